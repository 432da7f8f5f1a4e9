"""Calendars that mediators keep elsewhere: which are read, which are in trouble, and whose appointments they cross."""

import datetime as dt
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from directory.models import Mediator
from helpdesk.models import Absence, Appointment, ExternalCalendar
from helpdesk.selectors.team import mediators_with_hours_set_by

# One answer that does not come is nothing; an hour of them is worth a look.
TROUBLE_AFTER = dt.timedelta(hours=1)


def calendars_kept_by(user: Any) -> QuerySet[ExternalCalendar]:
    """Return the calendars of those whose hours the user sets, with ``to_come``: how many absences they hold."""
    to_come = Count("absences", filter=Q(absences__ends_at__gt=timezone.now()))
    calendars = ExternalCalendar.objects.filter(mediator__in=mediators_with_hours_set_by(user))
    return calendars.select_related("mediator").annotate(to_come=to_come).order_by("mediator__last_name", "pk")


def calendars_in_trouble(mediators: QuerySet[Mediator] | list[Mediator]) -> QuerySet[ExternalCalendar]:
    """Return the calendars of these mediators that have not been read for a while, whatever was tried."""
    late = Q(read_at__isnull=True) | Q(read_at__lt=timezone.now() - TROUBLE_AFTER)
    kept_elsewhere = ExternalCalendar.objects.filter(mediator__in=mediators).exclude(url="").exclude(problem="")
    return kept_elsewhere.filter(late).select_related("mediator")


def appointments_crossed(calendar: ExternalCalendar) -> QuerySet[Appointment]:
    """Return the appointments to come at hours that the calendar says are taken."""
    taken = Absence.objects.filter(
        calendar=calendar,
        starts_at__lt=OuterRef("engagement__ends_at"),
        ends_at__gt=OuterRef("engagement__starts_at"),
    )
    return Appointment.objects.upcoming().filter(Exists(taken), engagement__mediator=calendar.mediator_id)


def calendars_to_read(now: dt.datetime, *, every: dt.timedelta) -> QuerySet[ExternalCalendar]:
    """Return the calendars at an address that nobody tried for so long, longest first."""
    due = Q(tried_at__isnull=True) | Q(tried_at__lte=now - every)
    active = Q(mediator__is_active=True, mediator__organisation__is_active=True)
    return ExternalCalendar.objects.filter(due, active).exclude(url="").order_by(F("tried_at").asc(nulls_first=True))
