"""What stands in the agenda of a mediator or a place, as calendars show it: times and places, never who or what for."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Mediator
from helpdesk.invitations import where
from helpdesk.models import Appointment
from helpdesk.selectors import mediators_with_hours_set_by
from mediation.calendars.models import Feed
from mediation.kernel.ics.writing import CalendarEvent, uid_of
from sites.models import Site
from workshops.models import Workshop

DAYS_BACK, DAYS_AHEAD = 28, 90
# Long enough for a telephone that was off during the holidays to learn of it.
CANCELLED_FOR_DAYS = 14


@dataclass(frozen=True)
class Subjects:
    """Whose agendas somebody may carry along."""

    mediators: QuerySet[Mediator]
    sites: QuerySet[Site]


def subjects_of(user: Any) -> Subjects:
    """Return the user's own agenda, and those of the people and places that they set up."""
    return Subjects(mediators_with_hours_set_by(user), Site.objects.editable_by(user).order_by("name"))


def events_of(feed: Feed, *, root: str) -> list[CalendarEvent]:
    """Return appointments and workshops around today; those cancelled lately say so.

    Periods begin and end at midnight, so that within a day the same rows make the same calendar. ``root`` is the
    address of this service, for links that open after signing in.
    """
    window = _window()
    rows = [
        *Appointment.objects.filter(window, _of(feed))
        .annotate(changed_at=Max("changes__at"))
        .select_related("site", "engagement__mediator"),
        *Workshop.objects.filter(window, _of(feed)).select_related("site", "engagement__mediator"),
    ]
    return [event for row in rows for event in _event(row, feed, root)]


def changed_at(events: list[CalendarEvent]) -> dt.datetime:
    """Return when the calendar last changed: with one of its events, or at midnight as days go by."""
    return max([_midnight(0), *(event.changed_at for event in events)])


def _of(feed: Feed) -> Q:
    return Q(engagement__mediator=feed.mediator_id) if feed.mediator_id else Q(site=feed.site_id)


def _window() -> Q:
    near = Q(engagement__starts_at__gte=_midnight(-DAYS_BACK), engagement__starts_at__lt=_midnight(DAYS_AHEAD + 1))
    lately = Q(engagement__released_at__gte=_midnight(-CANCELLED_FOR_DAYS))
    return near & (Q(engagement__released_at__isnull=True) | lately)


def _midnight(days: int) -> dt.datetime:
    day = timezone.localdate() + dt.timedelta(days=days)
    return timezone.make_aware(dt.datetime.combine(day, dt.time.min))


def _event(row: Appointment | Workshop, feed: Feed, root: str) -> Iterator[CalendarEvent]:
    is_workshop = isinstance(row, Workshop)
    summary = _("Atelier") if is_workshop else _("Rendez-vous")
    url = reverse("workshops:sheet" if is_workshop else "helpdesk:appointment", args=[row.uid])
    since = row.changed_at if is_workshop else max(filter(None, (row.booked_at, row.changed_at)))
    yield CalendarEvent(
        uid=uid_of(row),
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        # At a place several people receive; their names are part of the offer.
        summary=f"{summary}, {row.mediator}" if feed.site_id else summary,
        sequence=row.version,
        changed_at=max(filter(None, (since, row.engagement.released_at))),
        is_cancelled=row.is_cancelled,
        location=row.site.full_address if is_workshop else where(row),
        url=f"{root}{url}",
    )
