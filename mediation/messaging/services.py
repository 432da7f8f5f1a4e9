"""Write messages in the transaction of what they speak of, and call them back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Channel
from directory.models import Beneficiary, Organisation
from mediation.accounts.actor import Actor
from mediation.kernel.gsm7 import count_parts
from mediation.kernel.phones import is_mobile
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message, OptOut, WorkerBeat
from mediation.messaging.schedule import reminder_due_at
from mediation.messaging.wording import Words, render


@dataclass(frozen=True)
class Timely:
    """What is said of an occasion, and when that means something."""

    kind: MessageKind
    due_at: dt.datetime
    useless_after: dt.datetime
    calendar: str = ""


@dataclass(frozen=True)
class Way:
    """How somebody is reached; ``refusal`` says why nothing may or can be sent."""

    medium: Medium
    recipient: str
    refusal: str = ""


def plan(
    *,
    kind: MessageKind,
    occasion: str,
    version: int,
    beneficiary: Beneficiary,
    organisation: Organisation,
    words: Words,
    due_at: dt.datetime,
    useless_after: dt.datetime,
    calendar: str = "",
) -> Message | None:
    """Write what to say to somebody, once for each state of the occasion; the worker or a person says it later.

    ``calendar`` (iCalendar, already written) goes along where it is an e-mail.
    A family that shares a number gets one message. Somebody who wants none keeps a line in the ledger, not sent.
    Returns None where it would come too late to mean anything.
    """
    about = {"occasion": occasion, "version": version, "beneficiary": beneficiary, "organisation": organisation}
    timely = [Timely(kind, due_at, useless_after, calendar)]
    return next(iter(_write(about, words, timely)), None)


def plan_booked_and_reminder(
    *,
    occasion: str,
    version: int,
    beneficiary: Beneficiary,
    organisation: Organisation,
    words: Words,
    due_at: dt.datetime,
    kind: MessageKind = MessageKind.BOOKED,
    calendar: str = "",
) -> None:
    """Plan the confirmation (or the new time, or the inscription) and the reminder of the day before.

    Whoever is told within a day of it needs no reminder. ``calendar`` goes with the first only: a calendar reminds by
    itself of what it holds.
    """
    about = {"occasion": occasion, "version": version, "beneficiary": beneficiary, "organisation": organisation}
    timely = [Timely(kind, due_at, words.starts_at, calendar)]
    reminder = reminder_due_at(words.starts_at, due_at)
    if reminder is not None:
        timely.append(Timely(MessageKind.REMINDER, reminder, words.starts_at))
    _write(about, words, timely)


@transaction.atomic
def void(*, occasion: str, kinds: Iterable[MessageKind] | None = None, recipient: str | None = None) -> int:
    """Call back what was not sent yet about ``occasion``; return how many messages will not go out.

    The attempts change first: a worker about to send one holds or waits for the same row, and exactly one of the
    two wins. What is already in the hands of an operator is history and stays.
    """
    attempts = Attempt.objects.callable_back(occasion)
    if kinds is not None:
        attempts = attempts.filter(message__kind__in=list(kinds))
    if recipient is not None:
        attempts = attempts.filter(message__recipient=recipient)
    now = timezone.now()
    called_back = 0
    for pk, message_id in attempts.order_by("pk").values_list("pk", "message_id"):
        if _finish_uncalled(pk, AttemptState.SKIPPED, now, _("Sans objet : la situation a changé.")):
            called_back += Message.objects.filter(pk=message_id).update(voided_at=now)
    return called_back


@transaction.atomic
def mark_called(*, message: Message, by: Actor, reached: bool) -> None:
    """Note that an agent said the message on the telephone, or that nobody could be reached in the end."""
    state = AttemptState.DELIVERED if reached else AttemptState.UNDELIVERED
    attempt = message.attempts.filter(medium=Medium.CALL_LIST, state=AttemptState.WAITING).first()
    if attempt is None or not _finish_uncalled(attempt.pk, state, timezone.now(), ""):
        raise ValidationError(_("Cet appel n’est plus à faire."), code="done")


def way_to_reach(beneficiary: Beneficiary) -> Way:
    """Choose how to reach somebody: as they wish; else a text message, an e-mail, or a call by an agent."""
    way = _chosen_way(beneficiary)
    if beneficiary.preferred_channel == Channel.NONE:
        return Way(way.medium, way.recipient, _("Ne souhaite aucun message."))
    if not way.recipient:
        return Way(way.medium, way.recipient, _("Ni téléphone ni adresse e-mail."))
    if OptOut.objects.filter(recipient=way.recipient).exists():
        return Way(way.medium, way.recipient, _("Ce numéro ne veut plus recevoir de messages."))
    return way


def beat(*, name: str, at: dt.datetime) -> None:
    """Note that a worker is alive."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"at": at})


def rest(*, name: str) -> None:
    """Note that a worker has stopped as it should: nobody waits for it."""
    WorkerBeat.objects.filter(name=name).delete()


def _chosen_way(person: Beneficiary) -> Way:
    by_sms = Way(Medium.SMS, person.phone) if is_mobile(person.phone) else None
    by_email = Way(Medium.EMAIL, person.email) if person.email else None
    by_call = Way(Medium.CALL_LIST, person.phone)
    match person.preferred_channel:
        case Channel.VOICE | Channel.LETTER:
            wishes = (by_call if person.phone else None, by_email)
        case Channel.EMAIL:
            wishes = (by_email, by_sms)
        case _:
            wishes = (by_sms, by_email)
    return next((way for way in wishes if way), by_call)


# No savepoint of its own inside a booking: nobody goes on where a message could not be written.
@transaction.atomic(savepoint=False)
def _write(about: dict[str, Any], words: Words, timely: Iterable[Timely]) -> list[Message]:
    """Write what was not said before, each with its first attempt; return the messages as the ledger has them.

    The database says what is new: two who say the same thing at once say it once.
    """
    way, now = way_to_reach(about["beneficiary"]), timezone.now()
    wanted = [_message(about, words, way, what) for what in timely if what.useless_after > max(what.due_at, now)]
    if not wanted:
        return []
    Message.objects.bulk_create(wanted, ignore_conflicts=True)
    new = dict(Message.objects.filter(uid__in=[message.uid for message in wanted]).order_by().values_list("uid", "pk"))
    for message in wanted:
        message.pk = new.get(message.uid)
    Attempt.objects.bulk_create(_first_attempt(message, way) for message in wanted if message.pk)
    return [message if message.pk else _same(message) for message in wanted]


def _same(message: Message) -> Message:
    """Return the message that was written before in the place of this one."""
    return Message.objects.get(
        occasion=message.occasion, version=message.version, kind=message.kind, recipient=message.recipient
    )


def _message(about: dict[str, Any], words: Words, way: Way, what: Timely) -> Message:
    return Message(
        **about,
        kind=what.kind,
        recipient=way.recipient,
        medium=way.medium,
        body=render(what.kind, way.medium, words),
        calendar=what.calendar if way.medium == Medium.EMAIL else "",
        due_at=what.due_at,
        useless_after=what.useless_after,
    )


def _first_attempt(message: Message, way: Way) -> Attempt:
    return Attempt(
        message=message,
        medium=way.medium,
        state=AttemptState.SKIPPED if way.refusal else AttemptState.WAITING,
        state_at=timezone.now(),
        parts=count_parts(message.body) if way.medium == Medium.SMS else 0,
        problem=way.refusal,
    )


def _finish_uncalled(pk: int, state: AttemptState, now: dt.datetime, problem: str) -> bool:
    """Close an attempt unless it left meanwhile: the condition is in the UPDATE, so nobody is overwritten."""
    still_here = Attempt.objects.filter(pk=pk, state__in=(AttemptState.WAITING, AttemptState.CLAIMED))
    return bool(still_here.update(state=state, state_at=now, problem=problem, claimed_until=None))
