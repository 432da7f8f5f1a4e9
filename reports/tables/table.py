"""A table of the report, once for the page, the document and the workbook: so their figures cannot differ."""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mediation.kernel import formats


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    RATE = "rate"  # one decimal
    MINUTES = "minutes"
    PERCENT = "percent"  # (part, whole)


class Absent(Enum):
    """Why a cell has no figure."""

    HIDDEN = gettext_lazy("masqué")
    UNKNOWN = gettext_lazy("non connu")
    NONE = "–"


class AtLeast(int):
    """A count that is surely too low: some of what it adds up is not known."""


class Tone(Enum):
    """What a row is."""

    PLAIN = ""
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True)
class Column:
    """One column: its heading, what it holds, and its share of the width where it differs from a figure's."""

    label: str
    kind: Kind = Kind.NUMBER
    share: float = 1

    @property
    def is_text(self) -> bool:
        """Whether it holds words."""
        return self.kind is Kind.TEXT


@dataclass(frozen=True)
class Cell:
    """One cell as people read it."""

    text: str
    column: Column
    is_absent: bool


@dataclass(frozen=True)
class Row:
    """One row: values by column, as numbers where they are numbers."""

    values: tuple[Any, ...]
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True)
class Table:
    """One table: its key names its sheet and its anchor; ``chart`` says which column a chart shows."""

    key: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()
    chart: int | None = None

    @property
    def lines(self) -> list[tuple[Row, list[Cell]]]:
        """Each row with its cells in words."""
        return [(row, [self._cell(value, column) for value, column in self._pairs(row)]) for row in self.rows]

    @property
    def has_hidden(self) -> bool:
        """Whether some figure is hidden."""
        return any(Absent.HIDDEN in row.values for row in self.rows)

    @property
    def bars(self) -> list[tuple[str, float | None]]:
        """What a chart of the table shows: each row's label and its figure in the chart's column."""
        return [] if self.chart is None else [(row.values[0], _figure(row.values[self.chart])) for row in self.rows]

    @property
    def chart_label(self) -> str:
        """What the bars show."""
        return "" if self.chart is None else self.columns[self.chart].label

    def _pairs(self, row: Row) -> list[tuple[Any, Column]]:
        return list(zip(row.values, self.columns, strict=False))

    @staticmethod
    def _cell(value: Any, column: Column) -> Cell:
        return Cell(in_words(value, column.kind), column, isinstance(value, Absent))


def in_words(value: Any, kind: Kind) -> str:
    """Return a value as French writes it."""
    if isinstance(value, Absent):
        return str(value.value)
    match kind:
        case Kind.TEXT:
            return str(value)
        case Kind.MINUTES:
            return hours(value)
        case Kind.PERCENT:
            return formats.percent(*value)
        case Kind.RATE:
            return f"{value:.1f}".replace(".", ",")
    if isinstance(value, AtLeast):
        return at_least(value)
    return formats.number(value)


def at_least(count: int) -> str:
    """Return a count that is too low, as one says it."""
    return _("au moins %(count)s") % {"count": formats.number(count)}


def hours(minutes: int) -> str:
    """Return minutes as hours, thousands apart: "1 234 h 30"."""
    whole, rest = divmod(minutes, 60)
    text = f"{formats.number(whole)}{formats.NO_BREAK}h"
    return f"{text}{formats.NO_BREAK}{rest:02}" if rest else text


def shown(count: int | float | None) -> Any:
    """Return a count of a breakdown, or that it is hidden."""
    return Absent.HIDDEN if count is None else count


def hidden_note() -> str:
    """Return what "masqué" means, for under a table that holds one."""
    return _("« masqué » : %(meaning)s") % {"meaning": hidden_meaning()}


def hidden_meaning() -> str:
    """Return why a figure is hidden."""
    return _("moins de 5 personnes, ou une case qui permettrait de retrouver ce nombre par soustraction.")


def _figure(value: Any) -> float | None:
    return None if isinstance(value, Absent) else value
