"""Accompagnements by sort of person, démarche or obstacle, small cells hidden."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Choices, Sum

from directory.enums import AgeBand, Gender, Side, Status
from directory.models import Organisation
from mediation.activity.enums import DemarcheTheme, Obstacle, Theme
from reports.periods import Period
from reports.secrecy import Addition, hidden_cells
from reports.selectors.counts import counted_assistances
from reports.selectors.figures import Breakdown, BreakdownLine, CrossLine

CITY = "city"
THEME, OBSTACLE = "activity__themes__theme", "activity__obstacles__obstacle"
PERSON_FIELDS = ("age_band", "gender", "status")
# (organisation id, the sort): how many accompagnements
Rows = Mapping[tuple[int, str], int]
# (organisation id, side or CITY; the sort)
Cell = tuple[int | str, str]


@dataclass(frozen=True)
class Sorts:
    """A way to sort accompagnements: the field, and its closed list."""

    key: str
    field: str
    labels: Mapping[str, str]
    # One accompagnement has exactly one age, but several themes: only the former add up to a figure shown elsewhere.
    adds_up: bool


def read_breakdowns(period: Period, organisations: Sequence[Organisation]) -> dict[str, Breakdown]:
    """Return every breakdown of the period, by its key."""
    several = [
        Sorts("demarches", THEME, _labels(DemarcheTheme), adds_up=False),
        Sorts("themes", THEME, _labels(Theme), adds_up=False),
        Sorts("obstacles", OBSTACLE, _labels(Obstacle), adds_up=False),
        Sorts("ages", "age_band", _labels(AgeBand), adds_up=True),
        Sorts("genders", "gender", _labels(Gender), adds_up=True),
        Sorts("statuses", "status", _labels(Status), adds_up=True),
    ]
    rows = _person_rows(period) | {field: _rows(period, field) for field in (THEME, OBSTACLE)}
    return {sorts.key: _breakdown(sorts, rows[sorts.field], organisations) for sorts in several}


def _rows(period: Period, field: str) -> Rows:
    """Return accompagnements by organisation and sort: each participant of a workshop counts."""
    rows = counted_assistances(period).exclude(**{f"{field}__isnull": True})
    totals = rows.values_list("activity__organisation", field).annotate(count=Sum("people"))
    return {(organisation, sort): count for organisation, sort, count in totals}


def _person_rows(period: Period) -> dict[str, Rows]:
    """Return the same by each sort of person, in one reading of the accompagnements."""
    rows: dict[str, Counter] = {field: Counter() for field in PERSON_FIELDS}
    totals = counted_assistances(period).values_list("activity__organisation", *PERSON_FIELDS)
    for organisation, *sorts, count in totals.annotate(count=Sum("people")):
        for field, sort in zip(PERSON_FIELDS, sorts, strict=True):
            rows[field][organisation, sort] += count
    return dict(rows)


def _breakdown(sorts: Sorts, rows: Rows, organisations: Sequence[Organisation]) -> Breakdown:
    """Return one breakdown with its small cells hidden."""
    values = _with_totals(sorts, rows, organisations)
    hidden = hidden_cells(values, _additions(sorts, organisations))

    def shown(whose: int | str, sort: str) -> int | None:
        return None if (whose, sort) in hidden else values[whose, sort]

    return Breakdown(
        key=sorts.key,
        lines=tuple(
            BreakdownLine(label, shown(Side.MUNICIPAL, sort), shown(Side.PARTNER, sort), shown(CITY, sort))
            for sort, label in sorts.labels.items()
        ),
        labels=tuple(sorts.labels.values()),
        by_organisation=tuple(
            CrossLine(each.pk, each.name, each.side, tuple(shown(each.pk, sort) for sort in sorts.labels))
            for each in organisations
        ),
    )


def _with_totals(sorts: Sorts, rows: Rows, organisations: Sequence[Organisation]) -> dict[Cell, int]:
    """Return every cell: each organisation's, both sides' and the city's."""
    values: dict[Cell, int] = defaultdict(int)
    for sort in sorts.labels:
        values[Side.MUNICIPAL, sort] = values[Side.PARTNER, sort] = 0
        for each in organisations:
            count = rows.get((each.pk, sort), 0)
            values[each.pk, sort] = count
            values[each.side, sort] += count
        values[CITY, sort] = values[Side.MUNICIPAL, sort] + values[Side.PARTNER, sort]
    return dict(values)


def _additions(sorts: Sorts, organisations: Sequence[Organisation]) -> list[Addition[Cell]]:
    """Return what a reader can add up: organisations to their side, sides to the city, sorts to a known total."""
    of_side = {side: [each.pk for each in organisations if each.side == side] for side in Side}
    additions: list[Addition[Cell]] = []
    for sort in sorts.labels:
        additions += [
            Addition(tuple((pk, sort) for pk in pks), total=(side, sort)) for side, pks in of_side.items() if pks
        ]
        additions.append(Addition(tuple((side, sort) for side in Side), total=(CITY, sort)))
    if sorts.adds_up:
        columns = [*(each.pk for each in organisations), *Side, CITY]
        additions += [Addition(tuple((whose, sort) for sort in sorts.labels)) for whose in columns]
    return additions


def _labels(choices: type[Choices]) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}
