"""Understand what an agent types in the one search box: a name, a number, a reference, or all at once."""

import re
from dataclasses import dataclass

from mediation.kernel.phones import to_e164

DIGITS = re.compile(r"\+?\d(?:[\d .\-/()]*\d)?")
TRUNK = re.compile(r"\(0\)")
REFERENCE_LENGTH = 8


@dataclass(frozen=True)
class Query:
    """What was typed, taken apart. ``phone`` is as typed; ``reference`` is eight digits; ``text`` is all of it."""

    name: str = ""
    phone: str = ""
    reference: str = ""
    text: str = ""

    @property
    def is_reference(self) -> bool:
        """Whether a reference is all that was typed."""
        return bool(self.reference) and not self.name and not self.phone

    @property
    def number(self) -> str:
        """The digits to look for among telephones: eight may be a reference or the end of a number."""
        return self.phone or self.reference

    @property
    def first_name(self) -> str:
        """The given name: whatever is not the family name."""
        return " ".join(word for word in self._words if word not in self._family)

    @property
    def last_name(self) -> str:
        """The family name: the words in capitals, else all but the first word."""
        return " ".join(self._family)

    @property
    def _words(self) -> list[str]:
        return [_named(word) for word in self.name.split()]

    @property
    def _family(self) -> list[str]:
        words = self.name.split()
        capitals = [_named(word) for word in words if len(word) > 1 and word.isupper()]
        return capitals if 0 < len(capitals) < len(words) else self._words[1:]


def read_query(text: str) -> Query:
    """Take ``text`` apart: digits are a reference or a number, the rest is a name or a démarche."""
    reference = phone = ""
    # "+33 (0)6" as letterheads write it.
    text = TRUNK.sub(" ", text)
    for found in DIGITS.findall(text):
        digits = re.sub(r"\D", "", found)
        if len(digits) == REFERENCE_LENGTH and not found.startswith("+"):
            reference = digits
        elif len(digits) >= 4 or to_e164(found):
            phone = found.strip()
    name = " ".join(DIGITS.sub(" ", text).split())
    return Query(name=name, phone=phone, reference=reference, text=" ".join(text.split()))


def _named(word: str) -> str:
    """Return a name with its capital, as nobody types it while listening: "fabré" is "Fabré", "McCoy" stays."""
    return word.title() if word.islower() or word.isupper() else word
