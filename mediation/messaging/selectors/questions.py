"""Which question a reply answers: the latest that is open at that number, and none where several may be meant."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from mediation.messaging.enums import AttemptState, Meaning, Medium, QuestionKind
from mediation.messaging.models import Message

# What each question takes for an answer; where somebody is (WHERE) is no word of ours.
TAKES = {
    QuestionKind.COMING: (Meaning.YES, Meaning.NO, Meaning.CANCEL),
    QuestionKind.CANCELLED: (Meaning.YES, Meaning.NO, Meaning.CANCEL),
    QuestionKind.SEAT: (Meaning.YES, Meaning.NO, Meaning.CANCEL),
    QuestionKind.EARLIER: (Meaning.YES, Meaning.NO),
    QuestionKind.TIMES: (Meaning.FIRST, Meaning.SECOND),
    QuestionKind.WHICH: (Meaning.FIRST, Meaning.SECOND),
}
CHOICES = (Meaning.FIRST, Meaning.SECOND)
# Somebody may have read it: not what never left, nor what the operator sent back.
READ = (
    AttemptState.SENDING,
    AttemptState.ACCEPTED,
    AttemptState.SENT,
    AttemptState.DELIVERED,
    AttemptState.UNKNOWN,
)
# One person who was asked two things answers the last, unless both came at about the same time.
LATELY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Answer:
    """What a reply says to which questions; ``choice`` is the message that asked which of several was meant."""

    questions: list[Message]
    meaning: Meaning
    choice: Message | None = None


@dataclass(frozen=True)
class Unclear:
    """Nothing that a rule may act on. ``between`` are those of which one is meant; ``is_asked``: something is open."""

    between: list[Message]
    is_asked: bool


def question_for(number: str, meaning: Meaning, now: dt.datetime, read_out: Message | None = None) -> Answer | Unclear:
    """Return what ``meaning`` from ``number`` answers. ``read_out`` is the question of the call it was said in."""
    if read_out is not None:
        takes = read_out.closed_at is None and meaning in TAKES[QuestionKind(read_out.asks)]
        return Answer([read_out], meaning) if takes else Unclear([], is_asked=True)
    questions = [one for one in open_questions(number, now) if one.asks != QuestionKind.WHERE]
    asked = [one for one in questions if one.asks != QuestionKind.WHICH or meaning in CHOICES]
    if meaning in (*CHOICES, Meaning.CANCEL):
        # They mean one thing only; 1 and 2 may be meant for whatever came last.
        asked = [one for one in asked if meaning in TAKES[QuestionKind(one.asks)]]
    if not asked or meaning not in TAKES[QuestionKind(asked[0].asks)]:
        return Unclear([], is_asked=bool(questions))
    latest = asked[0]
    if latest.asks == QuestionKind.WHICH:
        return _chosen(latest, questions, meaning)
    others = _others(latest, asked)
    return Unclear([latest, *others], is_asked=True) if others else Answer(_same_group(latest, asked), meaning)


def open_questions(number: str, now: dt.datetime) -> list[Message]:
    """Return what was asked of a number and may still be answered, the latest first, one for each occasion."""
    rows = (
        Message.objects.unanswered()
        .asked_of(number)
        .filter(
            useless_after__gt=now,
            voided_at__isnull=True,
            attempts__state__in=READ,
            attempts__medium__in=(Medium.SMS, Medium.VOICE),
        )
        .select_related("beneficiary", "organisation")
        .order_by("-due_at", "-pk")
        .distinct()
    )
    found: dict[str, Message] = {}
    for message in rows:
        if takes_answer(message):
            found.setdefault(message.occasion, message)
    return list(found.values())


def asked_where(number: str, now: dt.datetime) -> Message | None:
    """Return the latest question to a number that a place answers."""
    return next((one for one in open_questions(number, now) if one.asks == QuestionKind.WHERE), None)


def takes_answer(message: Message) -> bool:
    """Say whether a message may be answered by itself: a cancellation that proposes no time limit asks to call."""
    return bool(message.asks) and (message.asks != QuestionKind.CANCELLED or bool(message.words.get("answer_before")))


def _chosen(which: Message, questions: list[Message], meaning: Meaning) -> Answer | Unclear:
    """Return what was meant before one had to ask which: 3 is the first, 4 the second."""
    option = which.options[CHOICES.index(meaning)]
    found = [one for one in questions if str(one.uid) == option["message"]]
    return Answer(found, Meaning(option["meaning"]), which) if found else Unclear([], is_asked=False)


def _others(latest: Message, asked: Iterable[Message]) -> list[Message]:
    """Return the other things that the reply may as well be about: of somebody else, or asked as lately."""
    return [
        one
        for one in _last_of_each(asked)
        if _subject(one) != _subject(latest)
        and (one.beneficiary_id != latest.beneficiary_id or latest.due_at - one.due_at < LATELY)
    ]


def _last_of_each(asked: Iterable[Message]) -> list[Message]:
    """Return the latest question about each thing."""
    found: dict[object, Message] = {}
    for one in asked:
        found.setdefault(_subject(one), one)
    return list(found.values())


def _same_group(latest: Message, asked: Iterable[Message]) -> list[Message]:
    """Return the question, with those of the others of that number in the same workshop: the answer is for all."""
    return [
        one
        for one in asked
        if one == latest or (latest.words.get("is_workshop") and _subject(one) == _subject(latest))
        if one.asks == latest.asks
    ]


def _subject(message: Message) -> object:
    """Return what a question is about, as far as whoever reads it can tell: an offer is about its appointment."""
    words = message.words
    if words.get("is_workshop"):
        return words.get("starts_at"), words.get("place")
    return words.get("reference") or message.occasion
