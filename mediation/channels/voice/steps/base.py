"""What each question of a call has."""

from typing import ClassVar

from mediation.channels.models import Call
from mediation.channels.voice.answers import Outcome, Said


class Step:
    """One question: what it says, how many keys it waits for, what they lead to.

    ``ask`` changes nothing: it is said again to whoever presses 9. ``answer`` may; it returns None for keys that mean
    nothing here. ``has_person`` says that 0 is a person, as it is everywhere but where one is asked for already.
    """

    keys: ClassVar[int] = 1
    has_person: ClassVar[bool] = True

    def ask(self, call: Call) -> tuple[Said, ...]:
        """Return what the question says."""
        raise NotImplementedError

    def answer(self, call: Call, keys: str) -> Outcome | None:
        """Return what ``keys`` lead to."""
        raise NotImplementedError

    def silence(self, call: Call) -> Outcome | None:
        """Return what silence leads to; None where it is a question unheard."""
        return None
