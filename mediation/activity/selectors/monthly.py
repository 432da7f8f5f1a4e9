"""Read back the totals of months."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet

from directory.enums import Source
from directory.models import Mediator, Organisation
from mediation.activity.enums import ActivityKind
from mediation.activity.models import Activity

MONTHS_PROPOSED = 24


@dataclass
class GivenMonth:
    """The totals that stand for a month, of an organisation or of one of its mediators."""

    month: dt.date
    organisation: Organisation
    mediator: Mediator | None
    individual: int = 0
    admin: int = 0
    individual_minutes: int = 30
    workshops: int = 0
    participants: int = 0
    workshop_minutes: int = 120

    def add(self, activity: Activity) -> None:
        """Count one row in."""
        if activity.kind == ActivityKind.WORKSHOP:
            self.workshops, self.participants = activity.times, activity.people
            self.workshop_minutes = activity.duration_minutes
            return
        self.individual += activity.times
        self.admin += activity.times if activity.external_id.endswith(":admin") else 0
        self.individual_minutes = activity.duration_minutes


def given_months(organisations: QuerySet[Organisation], since: dt.date) -> list[GivenMonth]:
    """Return the totals given for the months after ``since``, the latest first; one query."""
    rows = Activity.objects.filter(source=Source.MONTHLY, organisation__in=organisations, day__gte=since)
    months: dict[tuple, GivenMonth] = {}
    for row in rows.select_related("organisation", "mediator").with_people().order_by("-day", "organisation__name"):
        key = (row.day, row.organisation_id, row.mediator_id)
        months.setdefault(key, GivenMonth(row.day.replace(day=1), row.organisation, row.mediator)).add(row)
    return list(months.values())


def ended_months(today: dt.date) -> list[dt.date]:
    """Return the first days of the last months that are over, the latest first."""
    months, day = [], today.replace(day=1)
    for _number in range(MONTHS_PROPOSED):
        day = (day - dt.timedelta(days=1)).replace(day=1)
        months.append(day)
    return months
