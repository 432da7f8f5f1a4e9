"""What a reader gives: numbered rows, and the two ways in which a row is not a place."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Values = dict[str, Any]
"""What a file says of one place, by field of Site; fields that the format does not know are left out."""


@dataclass(frozen=True)
class SourceRow:
    """One row as it came; ``number`` is the one a spreadsheet shows (or the rank in a list of objects)."""

    number: int
    cells: dict[str, Any]


class RowRefused(Exception):
    """The row is about a place, but something in it is wrong: every reason at once."""

    def __init__(self, reasons: Iterable[str]) -> None:
        self.reasons = tuple(str(reason) for reason in reasons)
        super().__init__("; ".join(self.reasons))


class RowIgnored(Exception):
    """The row is about something else (a gymnasium, another département)."""


Mapper = Callable[[dict[str, Any]], Values]
