"""What the line answers to what was pressed, before the operator's own words for it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Said:
    """A sentence. ``language`` is whose voice says it ("": the call's), ``recording`` what may stand in for it.

    ``names`` in it are French, whatever the language around them.
    """

    text: str
    language: str = ""
    recording: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ask:
    """Say, then wait for keys."""

    said: tuple[Said, ...]
    keys: int = 1


@dataclass(frozen=True)
class Dial:
    """Say, then ring at the desk."""

    said: tuple[Said, ...]
    number: str


@dataclass(frozen=True)
class HangUp:
    """Say, then end the call."""

    said: tuple[Said, ...] = ()


Answer = Ask | Dial | HangUp


@dataclass(frozen=True)
class Go:
    """On to another question. ``keeps_failures`` where what was typed is not known to be right yet."""

    step: str
    said: tuple[Said, ...] = ()
    keeps_failures: bool = False


@dataclass(frozen=True)
class Wrong:
    """Not an answer: ask again, from ``step`` on where the mistake may lie before this question."""

    said: Said
    step: str = ""


@dataclass(frozen=True)
class ToPerson:
    """Somebody must help: now by hours of the desk, else by calling back. ``no_slot``: nothing was free."""

    said: tuple[Said, ...] = ()
    no_slot: bool = False


Outcome = Go | Wrong | ToPerson | HangUp
