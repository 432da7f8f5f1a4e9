"""A person: at once by hours of the desk, else a call back."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone

from mediation.accounts.actor import Door
from mediation.channels.call_back import asked_already
from mediation.channels.models import Call
from mediation.channels.voice import acts, limits
from mediation.channels.voice.answers import Dial, Go, HangUp, Outcome, Said, ToPerson, Wrong
from mediation.channels.voice.prompts import Prompt, say
from mediation.channels.voice.selectors import desk_answers
from mediation.channels.voice.steps.base import Step
from mediation.kernel.phones import to_e164

ANSWERED = ("completed", "answered")


def reach(call: Call, wish: ToPerson) -> Dial | Go | HangUp:
    """Ring at the desk, or have somebody call back."""
    call.memory["no_slot"] = wish.no_slot
    if desk_answers(timezone.now()):
        call.step = "dialled"
        return Dial((*wish.said, say(Prompt.HOLD_ON)), to_e164(settings.VOICE_DESK_NUMBER))
    return _call_back(call, wish.said)


class Dialled(Step):
    """The desk's telephone has rung: the operator tells what became of it, in place of keys."""

    has_person = False

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Say nothing: it is asked of the operator."""
        return ()

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Where nobody came to the telephone, somebody calls back."""
        return HangUp() if keys in ANSWERED else self.silence(call)

    def silence(self, call: Call) -> Outcome:
        """Have somebody call back."""
        return _call_back(call, (say(Prompt.NOBODY_ANSWERS),))


class Number(Step):
    """Which number to call, where it is hidden."""

    keys = 10
    has_person = False

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Ask for ten keys."""
        return (say(Prompt.ASK_NUMBER),)

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Note the call to make."""
        number = to_e164(keys) if len(keys) == self.keys else ""
        return _note(call, number) if number else Wrong(say(Prompt.WRONG_NUMBER))


def _call_back(call: Call, said: tuple[Said, ...]) -> Go | HangUp:
    return _note(call, call.caller, said) if call.caller else Go("number", said)


def _note(call: Call, number: str, said: tuple[Said, ...] = ()) -> HangUp:
    """Put a number on the desk's list, once: whoever calls again while they wait is told the same."""
    if asked_already(number, Door.VOICE):
        return HangUp((*said, say(Prompt.CALLED_BACK)))
    if limits.call_backs(number).is_reached():
        return HangUp((*said, say(Prompt.CALL_LATER)))
    try:
        acts.call_back(call, number, timezone.now(), no_slot=call.memory.get("no_slot", False))
    except ValidationError:
        return HangUp((*said, say(Prompt.CALL_LATER)))
    return HangUp((*said, say(Prompt.CALLED_BACK)))
