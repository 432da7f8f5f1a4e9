"""Small cells: a figure about a few people is hidden, and so is any other that would give it away by subtraction."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

# Inside the partnership; anything published outside would need eleven (CONTRIBUTING.md).
SMALL = 5

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Addition(Generic[Key]):
    """Cells that a reader can add up: to another cell of the table, or (``total`` None) to a figure shown elsewhere."""

    parts: tuple[Key, ...]
    total: Key | None = None

    @property
    def cells(self) -> tuple[Key, ...]:
        """Every cell of the addition."""
        return self.parts if self.total is None else (*self.parts, self.total)


def hidden_cells(values: Mapping[Key, int], additions: Sequence[Addition[Key]]) -> set[Key]:
    """Return the cells to hide: 1 to 4 people, then as many others as it takes for no addition to give one away.

    Zero says something of nobody and is shown, unless nothing else is left to hide behind.
    """
    hidden = {key for key, value in values.items() if 0 < value < SMALL}
    while unsafe := next((addition for addition in additions if _gives_away(addition, values, hidden)), None):
        hidden.add(_next_to_hide(unsafe.cells, values, hidden))
    return hidden


def _gives_away(addition: Addition[Key], values: Mapping[Key, int], hidden: set[Key]) -> bool:
    """Say whether a hidden cell of the addition can be found again from the shown ones."""
    unknown = [key for key in addition.cells if key in hidden]
    if not unknown or len(unknown) == len(addition.cells):
        return False
    if addition.total in hidden:
        return len(unknown) < 2
    # The reader knows the sum of what is hidden: five ones, or a one and a two, would still be told.
    left = sum(values[key] for key in unknown)
    return len(unknown) < 2 or left < SMALL or left <= len(unknown)


def _next_to_hide(cells: Iterable[Key], values: Mapping[Key, int], hidden: set[Key]) -> Key:
    """Return the shown cell that costs the reader least: the smallest that is not zero, then a zero."""
    shown = [key for key in cells if key not in hidden]
    return min(shown, key=lambda key: (values[key] == 0, values[key]))
