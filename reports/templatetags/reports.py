"""Lengths of bars and columns: what a template cannot compute by itself. Numbers come as text, with a decimal point."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django import template

from reports.selectors import MonthLine
from reports.tables import Cell, Row, Table

register = template.Library()

# The frame of the drawing, in its own units: see _months_chart.html.
WIDTH, GROUND, TALLEST = 720, 170, 145
SHARE_OF_PLACE = 0.62
WIDEST = 60


@register.filter
def with_bars(table: Table) -> Iterator[tuple[Row, list[Cell], str]]:
    """Yield each row with its cells and the length of its bar, in hundredths of the longest."""
    figures = [figure or 0 for _label, figure in table.bars] or [0] * len(table.rows)
    longest = max(figures, default=0) or 1
    for (row, cells), figure in zip(table.lines, figures, strict=True):
        yield row, cells, _number(100 * figure / longest)


@dataclass(frozen=True)
class MonthColumn:
    """One month of the drawing, ready to be placed."""

    label: str
    total: int
    x: str
    width: str
    middle: str
    top: str
    individual_y: str
    individual_height: str
    workshop_y: str
    workshop_height: str


@register.filter
def as_columns(months: Sequence[MonthLine]) -> list[MonthColumn]:
    """Return the months as columns; none where there is nothing to compare."""
    tallest = max((line.individual + line.in_workshops for line in months), default=0)
    if len(months) < 2 or not tallest:
        return []
    place = WIDTH / len(months)
    labels = [line.month.label_among(len(months)) for line in months]
    return [
        _column(line, label, place * index, place, TALLEST / tallest)
        for index, (line, label) in enumerate(zip(months, labels, strict=True))
    ]


def _column(line: MonthLine, label: str, left: float, place: float, scale: float) -> MonthColumn:
    width = min(place * SHARE_OF_PLACE, WIDEST)
    individual, workshop = line.individual * scale, line.in_workshops * scale
    return MonthColumn(
        label=label,
        total=line.individual + line.in_workshops,
        x=_number(left + (place - width) / 2),
        width=_number(width),
        middle=_number(left + place / 2),
        top=_number(GROUND - individual - workshop - 6),
        individual_y=_number(GROUND - individual),
        individual_height=_number(individual),
        workshop_y=_number(GROUND - individual - workshop),
        workshop_height=_number(workshop),
    )


def _number(value: float) -> str:
    return f"{value:.2f}"
