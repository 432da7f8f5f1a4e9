"""Counts by organisation, each in one query whatever the number of organisations."""

import datetime as dt
from collections import defaultdict

from django.db.models import Count, F, Max, Q, QuerySet, Sum
from django.utils import timezone

from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from mediation.activity.enums import ActivityKind
from mediation.activity.models import Activity, Assistance
from reports.periods import Month, Period
from reports.selectors.figures import Figures, MonthLine
from workshops.models import Registration, Workshop

Counts = dict[int, dict[str, int]]

ACTIVITY_NAMES: dict[str, str] = {ActivityKind.INDIVIDUAL: "individual", ActivityKind.WORKSHOP: "workshops"}
STATUS_NAMES: dict[str, str] = {
    AttendeeStatus.UNKNOWN: "expected",
    AttendeeStatus.SEEN: "seen",
    AttendeeStatus.NOSHOW: "no_shows",
    AttendeeStatus.EXCUSED: "excused",
    AttendeeStatus.REVOKED: "revoked",
}


def counted_activities(period: Period) -> QuerySet[Activity]:
    """Return the activities of the period that count: those of the declared source."""
    return Activity.objects.in_period(period.first_day, period.last_day).counted().order_by()


def counted_assistances(period: Period) -> QuerySet[Assistance]:
    """Return the accompagnements of the activities that count."""
    return Assistance.objects.filter(activity__in=counted_activities(period).values("pk")).order_by()


class Tally:
    """The counts of a period, read once and added up by organisation, by month and by place."""

    def __init__(self, period: Period) -> None:
        self.period = period
        self.by_organisation: Counts = defaultdict(lambda: defaultdict(int))
        self.by_month: dict[Month, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.months_of: dict[int, set[Month]] = defaultdict(set)
        self.last_logged: dict[int, dt.datetime] = {}
        self._add_activities()
        self._add_assistances()
        self._add_people()
        self._add_appointments()
        self._add_workshops()

    def figures(self, organisation_id: int) -> Figures:
        """Return one organisation's figures, places and computers apart."""
        return Figures(**self.by_organisation[organisation_id])

    def month_lines(self) -> tuple[MonthLine, ...]:
        """Return the accompagnements of each month of the period, those without any included."""
        return tuple(
            MonthLine(month, self.by_month[month][ActivityKind.INDIVIDUAL], self.by_month[month][ActivityKind.WORKSHOP])
            for month in self.period.months
        )

    def _add_activities(self) -> None:
        rows = counted_activities(self.period).values("organisation", "kind", "day")
        for row in rows.annotate(
            count=Sum("times"), minutes=Sum(F("duration_minutes") * F("times")), logged=Max("recorded_at")
        ):
            pk = row["organisation"]
            self.by_organisation[pk][ACTIVITY_NAMES[row["kind"]]] += row["count"]
            self.by_organisation[pk]["minutes_given"] += row["minutes"]
            self.months_of[pk].add(Month.of(row["day"]))
            self.last_logged[pk] = max(row["logged"], self.last_logged.get(pk, row["logged"]))

    def _add_assistances(self) -> None:
        rows = counted_assistances(self.period).values("activity__organisation", "activity__kind", "activity__day")
        for row in rows.annotate(
            count=Sum("people"),
            minutes=Sum(F("people") * F("activity__duration_minutes")),
            anonymous=Sum("people", filter=Q(beneficiary__isnull=True), default=0),
        ):
            counts = self.by_organisation[row["activity__organisation"]]
            counts["assistances"] += row["count"]
            counts["minutes_received"] += row["minutes"]
            counts["anonymous"] += row["anonymous"]
            if row["activity__kind"] == ActivityKind.WORKSHOP:
                counts["in_workshops"] += row["count"]
            self.by_month[Month.of(row["activity__day"])][row["activity__kind"]] += row["count"]

    def _add_people(self) -> None:
        known = counted_assistances(self.period).filter(beneficiary__isnull=False)
        for row in known.values("activity__organisation").annotate(count=Count("beneficiary", distinct=True)):
            self.by_organisation[row["activity__organisation"]]["people"] = row["count"]

    def _add_appointments(self) -> None:
        appointments = Appointment.objects.filter(**_starting_in(self.period, "engagement__")).order_by()
        owner = "engagement__mediator__organisation"
        for row in appointments.values(owner).annotate(count=Count("pk")):
            self.by_organisation[row[owner]]["appointments"] = row["count"]
        for row in appointments.to_report().values(owner).annotate(count=Count("pk")):
            self.by_organisation[row[owner]]["to_complete"] = row["count"]
        owner = f"appointment__{owner}"
        attendees = Attendee.objects.filter(**_starting_in(self.period, "appointment__engagement__")).order_by()
        for row in attendees.values(owner, "status").annotate(count=Count("pk")):
            self.by_organisation[row[owner]][STATUS_NAMES[row["status"]]] = row["count"]

    def _add_workshops(self) -> None:
        owner = "engagement__mediator__organisation"
        workshops = Workshop.objects.standing().filter(**_starting_in(self.period, "engagement__")).order_by()
        for row in workshops.values(owner).annotate(
            count=Count("pk", distinct=True),
            seats_count=Count("seats", distinct=True),
            taken=Count("seats__registration", distinct=True),
        ):
            counts = self.by_organisation[row[owner]]
            counts["planned_workshops"] = row["count"]
            counts["seats"] = row["seats_count"]
            counts["seats_taken"] = row["taken"]
        # Apart: joined to the seats, each of them would be read once for each seat. Until the end a seat may come back.
        owner = f"workshop__{owner}"
        over = workshops.filter(engagement__ends_at__lte=timezone.now())
        waiting = Registration.objects.waiting().filter(workshop__in=over.values("pk")).order_by()
        for row in waiting.values(owner).annotate(count=Count("pk")):
            self.by_organisation[row[owner]]["without_seat"] = row["count"]


def count_accompagnements(period: Period) -> int:
    """Return the city's accompagnements in a period, for the trend."""
    return counted_assistances(period).total()


def count_overlapping(period: Period) -> dict[int, int]:
    """Return, by organisation, the activities kept but not counted: another source is declared for their day."""
    rows = Activity.objects.in_period(period.first_day, period.last_day).overlapping().order_by()
    return {row["organisation"]: row["count"] for row in rows.values("organisation").annotate(count=Sum("times"))}


def _starting_in(period: Period, prefix: str) -> dict[str, dt.datetime]:
    """Return the filter for what starts on a day of the period, by the city's calendar."""
    begins, ends = instants(period)
    return {f"{prefix}starts_at__gte": begins, f"{prefix}starts_at__lt": ends}


def instants(period: Period) -> tuple[dt.datetime, dt.datetime]:
    """Return when the period begins and when it is over, by the city's calendar."""
    return _midnight(period.first_day), _midnight(period.last_day + dt.timedelta(days=1))


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))
