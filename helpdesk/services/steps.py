"""The steps that booking, moving and accepting an earlier time share. Each runs inside its caller's transaction."""

from collections.abc import Sequence

from django.db import IntegrityError
from django.utils import timezone

from directory.enums import EngagementKind
from directory.models import Engagement
from directory.selectors import booking_organisation
from directory.services import link
from helpdesk.enums import AttendeeStatus, ChangeKind, Mode
from helpdesk.models import Appointment, AppointmentChange, Attendee
from helpdesk.selectors import Slot
from helpdesk.services import messages
from helpdesk.services.requests import close_moved
from mediation.accounts.actor import Actor
from mediation.messaging.enums import MessageKind


class Unavailable(Exception):
    """The time cannot be taken; said inside the transaction, explained once it is over."""


def save_time(engagement: Engagement) -> None:
    """Write the time; the database has the last word on whether it is free, whatever was read before.

    The caller gives its transaction up where the time is not.
    """
    try:
        engagement.save()
    except IntegrityError:
        raise Unavailable from None


def fill_time(engagement: Engagement, slot: Slot, mode: str) -> Engagement:
    """Make ``engagement`` say when and where the mediator is taken by ``slot``, with the pause that follows."""
    engagement.mediator, engagement.starts_at, engagement.ends_at = slot.mediator, slot.starts_at, slot.ends_at
    engagement.buffer_minutes = slot.reason.buffer_minutes
    # At somebody's home: the way there and back is not known here.
    is_known = mode != Mode.HOME
    engagement.latitude = slot.site.latitude if is_known else None
    engagement.longitude = slot.site.longitude if is_known else None
    return engagement


def new_time(slot: Slot, mode: str) -> Engagement:
    """Return the time of an appointment that is about to be made."""
    return fill_time(Engagement(kind=EngagementKind.APPOINTMENT), slot, mode)


def change_time(appointment: Appointment, slot: Slot, by: Actor, *, asked_by_person: bool) -> None:
    """Give a locked appointment the time, place and mediator of ``slot``; note how it stood, and tell the people.

    Whoever sends somebody to a partner keeps seeing where they went.
    """
    was = slot_of(appointment)
    appointment.booked_for = appointment.booked_for or booking_organisation(by.user, was.mediator)
    appointment.site, appointment.reason = slot.site, slot.reason
    if appointment.mode not in slot.reason.modes:
        appointment.mode = slot.reason.modes[0]
    save_time(fill_time(appointment.engagement, slot, appointment.mode))
    appointment.version += 1
    appointment.save(update_fields=["site", "reason", "booked_for", "mode", "override_reason", "version"])
    appointment.attendees.update(arrived_at=None, confirmed_at=None)
    note_change(appointment, ChangeKind.MOVED, was, by)
    attendees = expected(appointment)
    link_people(appointment, attendees)
    close_moved(appointment=appointment, by=by)
    messages.confirm(
        appointment,
        attendees,
        kind=MessageKind.MOVED,
        asked_by_person=asked_by_person,
        was_starting_at=was.starts_at,
    )


def note_change(appointment: Appointment, kind: ChangeKind, was: Slot, by: Actor) -> None:
    """Write down what happened, who did it through which door, and how it stood before."""
    AppointmentChange.objects.create(
        appointment=appointment,
        kind=kind,
        by_user=by.user,
        door=by.door,
        was_starting_at=was.starts_at,
        was_at=was.site,
        was_with=was.mediator,
    )


def raise_version(appointment: Appointment) -> None:
    """Begin a new state of the appointment, with messages of its own."""
    appointment.version += 1
    appointment.save(update_fields=["version"])


def link_people(appointment: Appointment, attendees: Sequence[Attendee]) -> None:
    """Note that the organisation that receives knows these people."""
    for attendee in attendees:
        link(
            beneficiary=attendee.beneficiary,
            organisation=appointment.engagement.mediator.organisation,
            on=timezone.localdate(),
        )


def expected(appointment: Appointment) -> list[Attendee]:
    """Return the people who are still expected."""
    return list(appointment.attendees.filter(status=AttendeeStatus.UNKNOWN).select_related("beneficiary"))


def slot_of(appointment: Appointment) -> Slot:
    """Return the time and place of the appointment as a slot."""
    engagement = appointment.engagement
    return Slot(engagement.starts_at, engagement.ends_at, engagement.mediator, appointment.site, appointment.reason)
