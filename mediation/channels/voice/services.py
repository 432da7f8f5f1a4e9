"""Take a call from one question to the next, once for each answer however often the operator tells it."""

import datetime as dt

from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone, translation

from mediation.channels.models import Call
from mediation.channels.voice import limits
from mediation.channels.voice.answers import Answer, Ask, Dial, Go, HangUp, Said, ToPerson, Wrong
from mediation.channels.voice.prompts import Prompt, say
from mediation.channels.voice.steps import STEPS, reach
from mediation.channels.voice.twiml import written

REPEAT_KEY, PERSON_KEY = "9", "0"
FAILURES = 2
# Whoever presses this many keys in one call is no caller in need.
TURNS = 80
# A call whose end nobody told us of is over by then.
CALL_LASTS = dt.timedelta(days=1)
# What is left of a call that is over.
NOTHING = {"caller": "", "memory": {}, "said": "", "step": "", "failures": 0}


@transaction.atomic
def answer_call(*, sid: str, caller: str) -> str:
    """Greet somebody who calls, and return what the operator says; asked twice, it is one call."""
    call = _locked(sid, caller)
    if call.said or call.ended_at:
        return _as_before(call)
    calls = limits.calls(call)
    calls_too_often = calls.is_reached()
    calls.count()
    with translation.override(call.language):
        if calls_too_often:
            return _say(call, _follow(call, ToPerson((say(Prompt.CALLED_TOO_OFTEN),))))
        return _say(call, _follow(call, Go("menu")))


@transaction.atomic
def take_turn(*, sid: str, caller: str, turn: int, keys: str) -> str:
    """Take what was pressed in answer to ``turn``, and return what the operator says next.

    What it leads to (a booking) and where the call stands then are one transaction, and a row lock makes a request that
    comes twice wait for the first one: it is told the same, and changes nothing.
    """
    call = _locked(sid, caller)
    if not call.said:
        return answer_call(sid=sid, caller=caller)
    if call.ended_at or turn != call.turn:
        return _as_before(call)
    with translation.override(call.language):
        if turn >= TURNS:
            return _say(call, HangUp((say(Prompt.GOODBYE),)))
        answer = _answer(call, keys)
        # Another language may have been chosen.
        with translation.override(call.language):
            return _say(call, answer if isinstance(answer, Ask | Dial | HangUp) else _follow(call, answer))


@transaction.atomic
def end_call(*, sid: str) -> None:
    """Note that somebody hung up: whatever comes later books nothing, and nothing of the call is kept."""
    Call.objects.filter(sid=sid).update(ended_at=timezone.now(), **NOTHING)


def forget_calls() -> int:
    """Delete the calls of yesterday and before; return how many. Of the last one it stays known when it was."""
    over = Call.objects.filter(started_at__lt=timezone.now() - CALL_LASTS)
    last = Call.objects.values_list("pk", flat=True).first()
    over.filter(pk=last).exclude(said="").update(ended_at=Coalesce("ended_at", timezone.now()), **NOTHING)
    return over.exclude(pk=last).delete()[0]


def _locked(sid: str, caller: str) -> Call:
    return Call.objects.select_for_update().get_or_create(sid=sid, defaults={"caller": caller})[0]


def _as_before(call: Call) -> str:
    return call.said or written(HangUp(), language=call.language, turn=call.turn)


def _say(call: Call, answer: Answer) -> str:
    """Remember what is said, and what it waits for."""
    call.turn += 1
    call.said = written(answer, language=call.language, turn=call.turn)
    if isinstance(answer, HangUp):
        # Not every operator tells of the end; the last words name nobody, and are told again where they are asked for.
        call.ended_at, call.caller, call.memory, call.step = timezone.now(), "", {}, ""
    call.save()
    return call.said


def _answer(call: Call, keys: str) -> Go | ToPerson | Answer:
    step = STEPS[call.step]
    if keys == REPEAT_KEY:
        return _ask(call)
    if keys == PERSON_KEY and step.has_person:
        return ToPerson()
    outcome = step.answer(call, keys) if keys else step.silence(call)
    if outcome is None:
        outcome = Wrong(say(Prompt.WRONG_KEY if keys else Prompt.NOTHING_HEARD))
    if isinstance(outcome, Wrong):
        return _ask_again(call, outcome)
    if not (isinstance(outcome, Go) and outcome.keeps_failures):
        call.failures = 0
    return outcome


def _ask_again(call: Call, wrong: Wrong) -> ToPerson | Answer:
    """Ask the same again, and how to hear it once more; who failed twice needs a person, not a third time."""
    call.failures += 1
    call.step = wrong.step or call.step
    if call.failures < FAILURES:
        return _ask(call, before=(wrong.said,), after=(say(Prompt.HEAR_AGAIN),))
    if STEPS[call.step].has_person:
        return ToPerson((wrong.said,))
    return HangUp((wrong.said, say(Prompt.CALL_LATER)))


def _ask(call: Call, *, before: tuple[Said, ...] = (), after: tuple[Said, ...] = ()) -> Ask:
    step = STEPS[call.step]
    return Ask((*before, *step.ask(call), *after), step.keys)


def _follow(call: Call, outcome: Go | ToPerson | Dial | HangUp) -> Answer:
    """Return what to say where an outcome leads."""
    if isinstance(outcome, ToPerson):
        call.failures = 0
        outcome = reach(call, outcome)
    if isinstance(outcome, Go):
        call.step = outcome.step
        return _ask(call, before=outcome.said)
    return outcome
