"""What the people of an appointment, or of a ticket, are told, written in the transaction of what it speaks of."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone

from directory.models import Beneficiary, Organisation
from helpdesk.invitations import invitation
from helpdesk.models import Appointment, Attendee, EarlierOffer, Ticket
from helpdesk.selectors import Slot
from mediation.messaging import services as messaging
from mediation.messaging.enums import MessageKind, QuestionKind
from mediation.messaging.models import Message
from mediation.messaging.schedule import soon
from mediation.messaging.wording import Words

# An offer never changes: whoever gets another time gets another offer.
OFFER_VERSION = 1
# Nor does a number in a queue.
TICKET_VERSION = 1


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


def confirm(
    appointment: Appointment,
    attendees: list[Attendee],
    *,
    asked_by_person: bool,
    kind: MessageKind = MessageKind.BOOKED,
    was_starting_at: dt.datetime | None = None,
) -> None:
    """Void what was planned for an earlier state; plan the confirmation (or the new time) and the reminder of this one.

    At polite hours where they asked for nothing, but before they leave for the time it had (``was_starting_at``) or
    has. The reminder counts from this state, so that a moved appointment is reminded of its new time.
    """
    messaging.void(occasion=occasion(appointment))
    now, starts_at = timezone.now(), appointment.engagement.starts_at
    due_at = now if asked_by_person else soon(now, min(starts_at, was_starting_at or starts_at))
    _plan(appointment, attendees, kind=kind, due_at=due_at)


def welcome(appointment: Appointment, attendees: list[Attendee]) -> None:
    """Plan the confirmation (now: they ask for it) and the reminder of these people; what others were told stays."""
    _plan(appointment, attendees, kind=MessageKind.BOOKED, due_at=timezone.now())


def keep_planned(appointment: Appointment) -> None:
    """Somebody more or less is expected: what was planned for the others stands."""
    messaging.carry_over(occasion=occasion(appointment), version=appointment.version)


def say_cancelled(
    appointment: Appointment,
    attendees: list[Attendee],
    *,
    asked_by_person: bool,
    kept_until: dt.datetime | None = None,
) -> None:
    """Void the reminder, and tell those who still expected to come; at polite hours where they asked for nothing.

    Where the time is kept for whoever finds that it was a mistake, they are told until when.
    """
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
            words=replace(words(appointment), answer_before=kept_until),
            due_at=now if asked_by_person else soon(now, appointment.engagement.starts_at),
            useless_after=appointment.engagement.starts_at,
            calendar=invitation(appointment, attendee.beneficiary),
        )


def say_confirmed(appointment: Appointment, *, to: str, beneficiary: Beneficiary, about: str = "") -> None:
    """Say to the number that replied when they are expected, once for each state (or each occasion ``about``)."""
    messaging.say(
        kind=MessageKind.CONFIRMED,
        recipient=to,
        occasion=about or occasion(appointment),
        version=appointment.version,
        beneficiary=beneficiary,
        organisation=appointment.engagement.mediator.organisation,
        words=words(appointment),
        language=beneficiary.language,
        useless_after=appointment.engagement.starts_at,
    )


def propose_times(appointment: Appointment, slots: list[Slot], *, to: str, beneficiary: Beneficiary) -> bool:
    """Let the number that replied choose between two times at one place; False where there are not two."""
    here = [slot for slot in slots if slot.site == slots[0].site][:2]
    if len(here) < 2:
        return False
    said = Message.objects.about(times_occasion(appointment)).order_by("-version").values_list("version", flat=True)
    messaging.void(occasion=times_occasion(appointment))
    messaging.say(
        kind=MessageKind.NEW_TIMES,
        recipient=to,
        occasion=times_occasion(appointment),
        # Each choice is a state of its own: the last one stands.
        version=next(iter(said), 0) + 1,
        beneficiary=beneficiary,
        organisation=appointment.engagement.mediator.organisation,
        words=Words(
            place=here[0].site.place_in_messages,
            reference=appointment.reference,
            options=tuple(slot.starts_at for slot in here),
        ),
        language=beneficiary.language,
        useless_after=here[0].starts_at,
        question=messaging.Question(QuestionKind.TIMES, tuple(slot.token for slot in here)),
    )
    return True


def offer_earlier(offer: EarlierOffer, slot: Slot, attendees: list[Attendee]) -> None:
    """Say that an earlier time is kept for them, and until when; their appointment stays unless they take it."""
    appointment, now = offer.wish.appointment, timezone.now()
    what = Words(
        starts_at=slot.starts_at,
        place=slot.site.place_in_messages,
        reference=appointment.reference,
        answer_before=offer.expires_at,
    )
    for attendee in attendees:
        messaging.plan(
            kind=MessageKind.EARLIER_OFFERED,
            occasion=_offer_occasion(offer),
            version=OFFER_VERSION,
            beneficiary=attendee.beneficiary,
            organisation=slot.mediator.organisation,
            words=what,
            due_at=soon(now, offer.expires_at),
            useless_after=offer.expires_at,
        )


def forget_offer(offer: EarlierOffer) -> None:
    """Call back what was not yet said about an offer that is over."""
    messaging.void(occasion=_offer_occasion(offer))


def say_removed(appointment: Appointment, attendee: Attendee, others: list[Attendee]) -> None:
    """Tell somebody that they are not expected any more, unless others of the appointment share their number.

    At polite hours: an agent took them out, and they may not know of it.
    """
    recipient = messaging.way_to_reach(attendee.beneficiary).recipient
    if recipient in {messaging.way_to_reach(other.beneficiary).recipient for other in others}:
        return
    messaging.void(occasion=occasion(appointment), recipient=recipient)
    messaging.plan(
        kind=MessageKind.EXCUSED,
        occasion=occasion(appointment),
        version=appointment.version,
        beneficiary=attendee.beneficiary,
        organisation=appointment.engagement.mediator.organisation,
        words=words(appointment),
        due_at=soon(timezone.now(), appointment.engagement.starts_at),
        useless_after=appointment.engagement.starts_at,
        calendar=invitation(appointment, attendee.beneficiary, is_over=True),
    )


def text_number(ticket: Ticket, *, to: str, organisation: Organisation, language: str) -> None:
    """Text the number to whoever asks for it, once, at whatever hour they stand there. No file is opened for it."""
    messaging.say(
        kind=MessageKind.TICKET,
        recipient=to,
        occasion=ticket_occasion(ticket),
        version=TICKET_VERSION,
        organisation=organisation,
        words=Words(place=ticket.drop_in.site.place_in_messages, ticket=str(ticket.number)),
        language=language,
    )


def ticket_occasion(ticket: Ticket) -> str:
    """Return the name under which the ledger knows a ticket."""
    return f"ticket:{ticket.uid}"


def _plan(appointment: Appointment, attendees: list[Attendee], *, kind: MessageKind, due_at: dt.datetime) -> None:
    for attendee in attendees:
        messaging.plan_booked_and_reminders(
            occasion=occasion(appointment),
            version=appointment.version,
            beneficiary=attendee.beneficiary,
            organisation=appointment.engagement.mediator.organisation,
            words=words(appointment),
            due_at=due_at,
            kind=kind,
            calendar=invitation(appointment, attendee.beneficiary),
        )


def times_occasion(appointment: Appointment) -> str:
    """Return the name under which the ledger knows the times that are proposed instead of the appointment's."""
    return f"times:{appointment.uid}"


def _offer_occasion(offer: EarlierOffer) -> str:
    return f"offer:{offer.uid}"
