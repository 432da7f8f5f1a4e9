"""Write messages in the transaction of what they speak of, and call them back."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary, Organisation
from mediation.kernel.gsm7 import count_parts
from mediation.messaging.enums import ASKS, CALLABLE_BACK, AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from mediation.messaging.schedule import BY_POST, reminders
from mediation.messaging.selectors import Way, way_to_reach
from mediation.messaging.wording import Words, render

SAID_ONCE = ["occasion", "version", "kind", "recipient"]
TRIED_ONCE = ["message", "number"]


@dataclass(frozen=True)
class Timely:
    """What is said of an occasion, and when that means something."""

    kind: MessageKind
    due_at: dt.datetime
    useless_after: dt.datetime
    calendar: str = ""


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
    return next(iter(_write(about, words, timely, way_to_reach(beneficiary))), None)


def plan_booked_and_reminders(
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
    """Plan the confirmation (or the new time, or the inscription) and the reminders that the organisation wants.

    Whoever is told within a day of it needs none. ``calendar`` goes with the first only: a calendar reminds by
    itself of what it holds.
    """
    about = {"occasion": occasion, "version": version, "beneficiary": beneficiary, "organisation": organisation}
    way, starts_at = way_to_reach(beneficiary), words.starts_at
    if starts_at is None:
        raise ValueError("What is booked begins at some time.")
    to_come = reminders(starts_at, due_at, organisation.reminders, way.medium)
    timely = [
        Timely(kind, due_at, starts_at, calendar),
        *(Timely(reminder, moment, starts_at) for reminder, moment in to_come),
    ]
    _write(about, words, timely, way)


@transaction.atomic
def void(*, occasion: str, kinds: Iterable[MessageKind] | None = None, recipient: str | None = None) -> int:
    """Call back what was not sent yet about ``occasion``; return how many messages will not go out.

    Messages are locked before their attempts, each in the order of their keys, as everybody does who changes both:
    nobody opens another attempt meanwhile. A worker about to send one holds or waits for the row of the attempt, and
    exactly one of the two wins. What is already in the hands of an operator is history and stays, but nobody can
    answer it any more.
    """
    messages, now = Message.objects.about(occasion), timezone.now()
    if kinds is not None:
        messages = messages.filter(kind__in=list(kinds))
    if recipient is not None:
        messages = messages.filter(recipient=recipient)
    keys = list(messages.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))
    if not keys:
        return 0
    attempts = Attempt.objects.filter(message__in=keys, state__in=CALLABLE_BACK).order_by("pk")
    uncalled = dict(attempts.select_for_update(of=("self",)).values_list("pk", "message"))
    if uncalled:
        problem = _("Sans objet : la situation a changé.")
        Attempt.objects.filter(pk__in=uncalled).become(AttemptState.SKIPPED, now, problem=problem)
        Message.objects.filter(pk__in=uncalled.values()).update(voided_at=now)
    Message.objects.filter(pk__in=keys).unanswered().update(closed_at=now)
    return len(uncalled)


# No savepoint of its own inside a booking: nobody goes on where a message could not be written.
@transaction.atomic(savepoint=False)
def _write(about: dict[str, Any], words: Words, timely: Iterable[Timely], way: Way) -> list[Message]:
    """Write what was not said before, each with its first attempt; return all by their keys in the ledger.

    The database says what is new: two who say the same thing at once say it once.
    """
    now = timezone.now()
    wanted = [_message(about, words, way, what) for what in timely if what.useless_after > max(what.due_at, now)]
    if not wanted:
        return []
    # Not ``ignore_conflicts``: SQLite would ignore every other constraint with it.
    Message.objects.bulk_create(wanted, update_conflicts=True, unique_fields=SAID_ONCE, update_fields=["occasion"])
    # What was said before keeps its first attempt; PostgreSQL and SQLite tell the keys of both without being asked.
    first = [_first_attempt(message, way) for message in wanted]
    Attempt.objects.bulk_create(first, update_conflicts=True, unique_fields=TRIED_ONCE, update_fields=["number"])
    return wanted


def _message(about: dict[str, Any], words: Words, way: Way, what: Timely) -> Message:
    language = about["beneficiary"].language
    way = _in_time(way, about["beneficiary"], what)
    return Message(
        **about,
        kind=what.kind,
        recipient=way.recipient,
        medium=way.medium,
        language=language,
        body=render(what.kind, way.medium, words, language=language),
        words=words.to_json(),
        calendar=what.calendar if way.medium == Medium.EMAIL else "",
        asks=ASKS.get(what.kind, ""),
        due_at=what.due_at,
        useless_after=what.useless_after,
    )


def _in_time(way: Way, person: Beneficiary, what: Timely) -> Way:
    """Return the way, or a call by a person where a letter would come too late."""
    if way.medium == Medium.LETTER and person.phone and what.useless_after - what.due_at < BY_POST:
        return Way(Medium.CALL_LIST, person.phone, way.refusal)
    return way


def _first_attempt(message: Message, way: Way) -> Attempt:
    return Attempt(
        message=message,
        medium=message.medium,
        state=AttemptState.SKIPPED if way.refusal else AttemptState.WAITING,
        state_at=timezone.now(),
        parts=count_parts(message.body) if message.medium == Medium.SMS else 0,
        problem=way.refusal,
    )
