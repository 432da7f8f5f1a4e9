"""Appointments that were just moved, and the time each of them had: what "Remettre" needs."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from helpdesk.enums import ChangeKind
from helpdesk.models import Absence, Appointment, AppointmentChange
from helpdesk.selectors.slots import Slot
from mediation.territory.selectors import SchoolCalendar


@dataclass(frozen=True)
class Moved:
    """An appointment that was moved, and the time to put it back to."""

    appointment: Appointment
    before: Slot


def moved_among(*, user: Any, uids: Iterable[str]) -> list[Moved]:
    """Return which of these appointments stand elsewhere than before their last change, earliest first."""
    return _moved(Appointment.objects.visible_to(user).filter(uid__in=list(uids)))


def moved_because_of(*, user: Any, absence: Absence) -> list[Moved]:
    """Return what was moved from a time of this absence that is still to come: deleting it brings nobody back."""
    left = AppointmentChange.objects.filter(
        kind=ChangeKind.MOVED, was_with=absence.mediator, was_starting_at__gt=timezone.now()
    )
    times = left.order_by("-was_starting_at").values_list("was_starting_at", flat=True)
    if not (latest := times.first()):
        return []
    spans = absence.spans(timezone.now(), latest, SchoolCalendar.read())
    found = _moved(Appointment.objects.visible_to(user).filter(changes__in=left).distinct())
    return [one for one in found if any(start <= one.before.starts_at < end for start, end in spans)]


def _moved(wanted: Any) -> list[Moved]:
    changes = AppointmentChange.objects.select_related("was_at", "was_with").order_by("at", "pk")
    rows = wanted.upcoming().for_pages().prefetch_related(Prefetch("changes", changes, to_attr="history"))
    lines = (_line(appointment) for appointment in rows.order_by("engagement__starts_at", "pk"))
    return [line for line in lines if line]


def _line(appointment: Appointment) -> Moved | None:
    *earlier, last = getattr(appointment, "history", []) or [None]
    if last is None or last.kind != ChangeKind.MOVED or last.was_starting_at <= timezone.now():
        return None
    now_at = (appointment.starts_at, appointment.mediator)
    if any((change.was_starting_at, change.was_with) == now_at for change in earlier):
        # It was put back already.
        return None
    length = appointment.ends_at - appointment.starts_at
    start = last.was_starting_at
    return Moved(appointment, Slot(start, start + length, last.was_with, last.was_at, appointment.reason))
