"""The ledger of messages: what went out and what became of it, and the reminders that the worker will send."""

import datetime as dt
import math

from django.db.models import F
from django.utils import timezone

from directory.enums import Channel, Reminders
from directory.models import Beneficiary, Organisation
from helpdesk.models import Appointment, Attendee
from helpdesk.services.messages import occasion, words
from mediation.demo.city.dice import Dice
from mediation.demo.city.operators import Carrying
from mediation.demo.city.rows import Progress
from mediation.kernel.phones import is_mobile
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from mediation.messaging.schedule import reminders
from mediation.messaging.selectors import spending
from mediation.messaging.services import plan
from mediation.messaging.wording import render

MONTHS_OF_MESSAGES = 3
LETTERS = 60
STREETS = ("rue des Lilas-Bleus", "allée du Puits-Vert", "impasse des Trois-Ormes", "place du Vieux-Four")
# The organisation of whoever shows the application comes near its limit, and has calls to make and letters to print.
SHOWN_BY, SHARE, LEAST_LIMIT = "accueil@example.org", 0.86, 50
CALLS, WRITTEN_TO = 5, 4
ONE_DAY = dt.timedelta(days=1)


def write_ledger(seed: int, progress: Progress) -> None:
    """Write the messages of every appointment ahead, through the same service as the desk, and those of past months."""
    dice = Dice(seed, "ledger")
    ahead = list(Appointment.objects.upcoming().for_pages())
    shown = Organisation.objects.get(memberships__user__email=SHOWN_BY)
    _give_addresses(dice, ahead, shown)
    for appointment in progress("messages", ahead):
        _plan(appointment)
    carrying = Carrying(dice, timezone.now())
    carrying.carry(_gone())
    carrying.carry(_past(dice, carrying.now))
    carrying.write_failures()
    carrying.write_replies(shown)
    _set_limit(shown, carrying.now)
    # What was loaded just now was written in its time.
    Message.objects.filter(created_at__gt=F("due_at")).update(created_at=F("due_at"))


def _plan(appointment: Appointment) -> None:
    booked, organisation = appointment.booked_at, appointment.mediator.organisation
    for kind, due_at in [
        (MessageKind.BOOKED, booked),
        *reminders(appointment.starts_at, booked, organisation.reminders),
    ]:
        plan(
            kind=kind,
            occasion=occasion(appointment),
            version=appointment.version,
            beneficiary=appointment.attendees.all()[0].beneficiary,
            organisation=organisation,
            words=words(appointment),
            due_at=due_at,
            useless_after=appointment.starts_at,
        )


def _give_addresses(dice: Dice, ahead: list[Appointment], shown: Organisation) -> None:
    """Let those whom nothing else reaches have a letter box; some of one organisation wish a letter, or a call."""
    people = {one.pk: one for appointment in ahead for one in [appointment.attendees.all()[0].beneficiary]}
    chosen = [one for one in people.values() if not one.phone and not one.email][:LETTERS]
    expected = (one.attendees.all()[0] for one in ahead if one.mediator.organisation_id == shown.pk)
    with_phone = list(dict.fromkeys(one.beneficiary_id for one in expected if one.beneficiary.phone))
    for pk in with_phone[:CALLS]:
        people[pk].preferred_channel = Channel.PERSON
    for pk in with_phone[CALLS : CALLS + WRITTEN_TO]:
        people[pk].preferred_channel = Channel.LETTER
        chosen.append(people[pk])
    for person in chosen:
        person.postal_address = f"{dice.randint(1, 90)}, {dice.choice(STREETS)}\n31000 TOULOUSE"
    Beneficiary.objects.bulk_update(
        [*chosen, *(people[pk] for pk in with_phone[:CALLS])], ["postal_address", "preferred_channel"]
    )
    for appointment in ahead:
        attendee = appointment.attendees.all()[0]
        attendee.beneficiary = people[attendee.beneficiary_id]


def _gone() -> list[Attempt]:
    """Return what a machine has sent by now."""
    due = Attempt.objects.filter(state=AttemptState.WAITING, medium__in=[Medium.SMS, Medium.EMAIL, Medium.CALL_LIST])
    rows = due.filter(message__due_at__lte=timezone.now()).select_related("message__beneficiary").order_by("pk")
    # Most of what people must say has been said: a few calls of the day are left.
    return [row for row in rows if row.medium != Medium.CALL_LIST or not _is_left(row.message)]


def _is_left(message: Message) -> bool:
    wishes_call = message.beneficiary is not None and message.beneficiary.preferred_channel == Channel.PERSON
    return wishes_call or message.due_at > timezone.now() - 2 * ONE_DAY


def _past(dice: Dice, now: dt.datetime) -> list[Attempt]:
    """Write one reminder for each appointment of the last months; return its attempts."""
    first = (now - MONTHS_OF_MESSAGES * 30 * ONE_DAY).replace(day=1)
    came = Attendee.objects.filter(
        appointment__engagement__starts_at__gte=first, appointment__engagement__starts_at__lt=now
    ).select_related("beneficiary", "appointment__engagement__mediator__organisation", "appointment__site")
    messages = [_reminder(dice, one) for one in came.order_by("appointment__engagement__starts_at", "pk")]
    written = Message.objects.bulk_create(filter(None, messages), batch_size=100)
    attempts = [
        Attempt(message=one, medium=one.medium, state_at=one.due_at, parts=one.medium == Medium.SMS) for one in written
    ]
    return Attempt.objects.bulk_create(attempts, batch_size=100)


def _reminder(dice: Dice, attendee: Attendee) -> Message | None:
    person, appointment = attendee.beneficiary, attendee.appointment
    medium = _medium(person)
    if medium is None:
        return None
    said = words(appointment)
    # Told a fortnight before: the eve's reminder then has its moment, at a polite hour.
    told_at = appointment.starts_at - 14 * ONE_DAY
    ((_kind, due_at),) = reminders(appointment.starts_at, told_at, Reminders.EVE, medium)
    return Message(
        uid=dice.uid(),
        organisation=appointment.mediator.organisation,
        beneficiary=person,
        occasion=occasion(appointment),
        version=appointment.version,
        kind=MessageKind.REMINDER,
        recipient=person.email if medium == Medium.EMAIL else person.phone,
        medium=medium,
        language=person.language,
        body=render(MessageKind.REMINDER, medium, said, language=person.language),
        words=said.to_json(),
        due_at=due_at,
        useless_after=appointment.starts_at,
        closed_at=appointment.starts_at,
    )


def _medium(person: Beneficiary) -> Medium | None:
    if is_mobile(person.phone):
        return Medium.SMS
    if person.phone:
        return Medium.VOICE
    return Medium.EMAIL if person.email else None


def _set_limit(organisation: Organisation, now: dt.datetime) -> None:
    """Bring one organisation near the limit of its month, so that the alert shows.

    In the first days of a month hardly anything went out: the month before shows it then.
    """
    today = timezone.localdate(now)
    parts = spending(organisation, today).parts
    if parts < SHARE * LEAST_LIMIT:
        parts = spending(organisation, today.replace(day=1) - ONE_DAY).parts
    organisation.sms_parts_per_month = max(1, math.floor(parts / SHARE))
    organisation.save(update_fields=["sms_parts_per_month"])
