"""What a message may say of its occasion."""

import datetime as dt
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Words:
    """What a message may say of its occasion: when, where (a name that fits a message), under which reference.

    ``answer_before`` is the end of an offer. ``is_workshop`` tells an inscription from a rendez-vous. Of a request for
    help, ``starts_at`` is the day by which somebody calls back. ``options`` are the two times that 3 and 4 choose, all
    at ``place``, or each at its own of ``places``; what names the nearest places says their ``hours`` and ``phones``.
    ``explanation`` says why something is refused, in the person's language, or what an agent writes; ``ticket`` is a
    number in a queue. What speaks of no occasion ("vous ne recevrez plus nos SMS") needs nothing.
    """

    starts_at: dt.datetime | None = None
    place: str = ""
    reference: str = ""
    is_workshop: bool = False
    answer_before: dt.datetime | None = None
    options: tuple[dt.datetime, ...] = ()
    places: tuple[str, ...] = ()
    hours: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    explanation: str = ""
    ticket: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the values as the ledger keeps them, to say the same by another way."""
        few = {
            "places": list(self.places),
            "hours": list(self.hours),
            "phones": list(self.phones),
            "explanation": self.explanation,
            "ticket": self.ticket,
        }
        return {
            "starts_at": _kept(self.starts_at),
            "place": self.place,
            "reference": self.reference,
            "is_workshop": self.is_workshop,
            "answer_before": _kept(self.answer_before),
            "options": [_kept(option) for option in self.options],
            # Of the many messages that are kept, hardly any says these.
            **{name: value for name, value in few.items() if value},
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Words":
        """Return the values that the ledger kept; what older messages did not keep is empty."""
        return cls(
            starts_at=_read(kept.get("starts_at")),
            place=kept.get("place", ""),
            reference=kept.get("reference", ""),
            is_workshop=kept.get("is_workshop", False),
            answer_before=_read(kept.get("answer_before")),
            options=tuple(dt.datetime.fromisoformat(option) for option in kept.get("options", ())),
            places=tuple(kept.get("places", ())),
            hours=tuple(kept.get("hours", ())),
            phones=tuple(kept.get("phones", ())),
            explanation=kept.get("explanation", ""),
            ticket=kept.get("ticket", ""),
        )


def _kept(instant: dt.datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _read(text: str | None) -> dt.datetime | None:
    return dt.datetime.fromisoformat(text) if text else None
