"""What the people of an appointment are told, written in the transaction of what it speaks of."""

from django.utils import timezone

from helpdesk.models import Appointment, Attendee
from mediation.messaging import services as messaging
from mediation.messaging.enums import MessageKind
from mediation.messaging.schedule import soon
from mediation.messaging.wording import Words


def occasion(appointment: Appointment) -> str:
    """Return the name under which the ledger knows the appointment."""
    return f"appointment:{appointment.uid}"


def words(appointment: Appointment) -> Words:
    """Return what messages may say of the appointment: when and where, never what for."""
    return Words(
        starts_at=appointment.engagement.starts_at,
        place=appointment.site.place_in_messages,
        reference=appointment.reference,
    )


def confirm(appointment: Appointment, attendees: list[Attendee], *, kind: MessageKind = MessageKind.BOOKED) -> None:
    """Void what was planned for an earlier state; plan the confirmation (or the new time) and the reminder of this one.

    The reminder counts from this state, so that a moved appointment is reminded of its new time.
    """
    messaging.void(occasion=occasion(appointment))
    now = timezone.now()
    for attendee in attendees:
        messaging.plan_booked_and_reminder(
            occasion=occasion(appointment),
            version=appointment.version,
            beneficiary=attendee.beneficiary,
            organisation=appointment.engagement.mediator.organisation,
            words=words(appointment),
            booked_at=now,
            kind=kind,
        )


def say_cancelled(appointment: Appointment, attendees: list[Attendee], *, asked_by_person: bool) -> None:
    """Void the reminder, and tell those who still expected to come; at polite hours where they asked for nothing."""
    messaging.void(occasion=occasion(appointment))
    now = timezone.now()
    if appointment.engagement.starts_at <= now:
        return
    for attendee in attendees:
        messaging.plan(
            kind=MessageKind.EXCUSED if asked_by_person else MessageKind.CANCELLED,
            occasion=occasion(appointment),
            version=appointment.version,
            beneficiary=attendee.beneficiary,
            organisation=appointment.engagement.mediator.organisation,
            words=words(appointment),
            due_at=now if asked_by_person else soon(now, appointment.engagement.starts_at),
            useless_after=appointment.engagement.starts_at,
        )
