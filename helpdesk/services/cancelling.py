"""Give a mediator's time back, and take it again where it was a mistake."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from helpdesk.enums import CANCELLED, AttendeeStatus, ChangeKind
from helpdesk.models import Appointment, Hold
from helpdesk.selectors import Slot
from helpdesk.services import messages
from helpdesk.services.booking import SlotTaken
from helpdesk.services.holds import give_up, keep
from helpdesk.services.locks import lock_appointment, lock_mediators
from helpdesk.services.refusals import refuse_cancelling, refuse_overlap, refuse_reinstating
from helpdesk.services.requests import close_cancelled
from helpdesk.services.steps import Unavailable, expected, note_change, raise_version, save_time, slot_of
from helpdesk.services.wishes import close_wishes, end_due_holds, offer_freed
from mediation.accounts.actor import Actor


def cancel(
    *, appointment: Appointment, by: Actor, asked_by_person: bool, hold_until: dt.datetime | None = None
) -> Appointment:
    """Give the time back, and tell the people. Raises ValidationError where there is nothing left to cancel.

    With ``hold_until`` the time is kept until that hour for whoever finds that it was a mistake; without, or
    afterwards, it is offered to those who would come earlier.
    """
    status, kind = (
        (AttendeeStatus.EXCUSED, ChangeKind.EXCUSED)
        if asked_by_person
        else (AttendeeStatus.REVOKED, ChangeKind.REVOKED)
    )
    with transaction.atomic():
        lock_mediators(appointment.engagement.mediator)
        current = lock_appointment(appointment)
        refuse_cancelling(current)
        was, attendees = slot_of(current), expected(current)
        current.attendees.filter(status=AttendeeStatus.UNKNOWN).update(
            status=status, arrived_at=None, confirmed_at=None
        )
        current.engagement.released_at = timezone.now()
        current.engagement.save(update_fields=["released_at"])
        raise_version(current)
        note_change(current, kind, was, by)
        close_wishes(current)
        if asked_by_person:
            close_cancelled(appointment=current, by=by)
        kept_until = _kept_until(was, hold_until)
        messages.say_cancelled(current, attendees, asked_by_person=asked_by_person, kept_until=kept_until)
        if kept_until is not None:
            keep(was, until=kept_until, cancelled=current)
        else:
            offer_freed(was, besides=current)
    return current


def reinstate(*, appointment: Appointment, by: Actor) -> Appointment:
    """Undo a cancellation ("Rétablir"). Raises SlotTaken where the time was given to somebody else meanwhile."""
    try:
        with transaction.atomic():
            lock_mediators(appointment.engagement.mediator)
            current = lock_appointment(appointment)
            refuse_reinstating(current)
            _take_back(current)
            _refuse_others_of(current, by)
            current.attendees.filter(status__in=CANCELLED).update(status=AttendeeStatus.UNKNOWN)
            raise_version(current)
            note_change(current, ChangeKind.REINSTATED, slot_of(current), by)
            messages.confirm(current, expected(current), asked_by_person=by.is_self_service)
    except Unavailable:
        raise SlotTaken(slot_of(appointment), by) from None
    return current


def _kept_until(slot: Slot, wanted: dt.datetime | None) -> dt.datetime | None:
    """Return until when a time is kept that was given back: not in the past, and not after it begins."""
    return min(wanted, slot.starts_at) if wanted is not None and timezone.now() < wanted else None


def _take_back(appointment: Appointment) -> None:
    """Take the time of a cancelled appointment again: it may have been kept for it until now."""
    for hold in Hold.objects.filter(cancelled=appointment).select_related("engagement"):
        give_up(hold)
    end_due_holds(appointment.engagement.mediator)
    appointment.engagement.released_at = None
    save_time(appointment.engagement)


def _refuse_others_of(appointment: Appointment, by: Actor) -> None:
    people = [one.beneficiary for one in appointment.attendees.select_related("beneficiary")]
    refuse_overlap(people, slot_of(appointment), by, besides=appointment)
