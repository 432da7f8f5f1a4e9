"""What stands in the agenda of a mediator or a place, as calendars show it: times and places, never who or what for."""

import datetime as dt
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
    window = _window() & _of(feed)
    appointments = Appointment.objects.filter(window).annotate(changed_at=Max("changes__at"))
    workshops = Workshop.objects.filter(window)
    related = ("site", "engagement__mediator")
    return [
        *(_of_appointment(one, feed, root) for one in appointments.select_related(*related)),
        *(_of_workshop(one, feed, root) for one in workshops.select_related(*related)),
    ]


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


def _of_appointment(appointment: Appointment, feed: Feed, root: str) -> CalendarEvent:
    changes = (appointment.booked_at, appointment.changed_at, appointment.engagement.released_at)
    return CalendarEvent(
        uid=uid_of(appointment),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=_titled(_("Rendez-vous"), appointment.mediator, feed),
        sequence=appointment.version,
        changed_at=max(filter(None, changes)),
        is_cancelled=appointment.is_cancelled,
        location=where(appointment),
        url=root + reverse("helpdesk:appointment", args=[appointment.uid]),
    )


def _of_workshop(workshop: Workshop, feed: Feed, root: str) -> CalendarEvent:
    return CalendarEvent(
        uid=uid_of(workshop),
        starts_at=workshop.starts_at,
        ends_at=workshop.ends_at,
        summary=_titled(_("Atelier"), workshop.mediator, feed),
        sequence=workshop.version,
        changed_at=max(filter(None, (workshop.changed_at, workshop.engagement.released_at))),
        is_cancelled=workshop.is_cancelled,
        location=workshop.site.full_address,
        url=root + reverse("workshops:sheet", args=[workshop.uid]),
    )


def _titled(what: str, mediator: Mediator, feed: Feed) -> str:
    """Return what it is; at a place, where several people receive, also with whom: they are part of the offer."""
    return f"{what}, {mediator}" if feed.site_id else what
