"""Answer a number at once, whoever has it: what a reply is answered with."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Language
from directory.models import Beneficiary, Organisation
from mediation.kernel.gsm7 import count_parts
from mediation.messaging.asked import Asker
from mediation.messaging.enums import AttemptState, Medium, MessageKind, QuestionKind
from mediation.messaging.models import Attempt, Line, Message
from mediation.messaging.wording import Words, render

# Somebody has the telephone in their hand: later than this, an answer would only puzzle them.
ANSWER_WITHIN = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Question:
    """What a message asks, and what 3 and 4 choose."""

    asks: QuestionKind
    options: tuple[Any, ...] = ()


@transaction.atomic(savepoint=False)
def say(
    *,
    kind: MessageKind,
    recipient: str,
    occasion: str,
    organisation: Organisation,
    version: int = 1,
    beneficiary: Beneficiary | None = None,
    words: Words | None = None,
    language: str = Language.FR,
    useless_after: dt.datetime | None = None,
    question: Question | None = None,
) -> Message | None:
    """Write what to text to a number now, once for each state of the occasion; None where that was written before.

    Unlike ``plan`` it chooses no way: it answers the number that has just written, at any hour. A number that wants no
    messages gets none, but the one that says so.
    """
    now = timezone.now()
    words = words or Words()
    about = {"occasion": occasion, "version": version, "kind": kind, "recipient": recipient}
    if Message.objects.filter(**about).exists():
        return None
    message = Message.objects.create(
        **about,
        beneficiary=beneficiary,
        organisation=organisation,
        medium=Medium.SMS,
        language=language,
        body=render(kind, Medium.SMS, words, language=language),
        words=words.to_json(),
        asks=question.asks if question else "",
        options=list(question.options) if question else [],
        due_at=now,
        useless_after=useless_after or now + ANSWER_WITHIN,
    )
    is_refused = kind != MessageKind.STOPPED and _refuses(recipient)
    Attempt.objects.create(
        message=message,
        medium=Medium.SMS,
        state=AttemptState.SKIPPED if is_refused else AttemptState.WAITING,
        state_at=now,
        ended_at=now if is_refused else None,
        parts=count_parts(message.body),
        problem=_("Ce numéro ne veut plus recevoir de messages.") if is_refused else "",
    )
    return message


def answer(
    *,
    asker: Asker,
    kind: MessageKind,
    words: Words | None = None,
    question: Question | None = None,
    useless_after: dt.datetime | None = None,
) -> Message | None:
    """Text an answer to whoever asks for something by themselves."""
    return say(
        kind=kind,
        recipient=asker.number,
        occasion=asker.occasion,
        version=asker.version,
        organisation=asker.organisation,
        beneficiary=asker.beneficiary,
        language=asker.language,
        words=words,
        question=question,
        useless_after=useless_after,
    )


def _refuses(recipient: str) -> bool:
    return Line.objects.filter(recipient=recipient, refuses_since__isnull=False).exists()
