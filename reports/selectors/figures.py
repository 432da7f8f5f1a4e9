"""What a coordination report is made of. Every count of a breakdown is None where too few people are behind it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from statistics import median
from typing import Any
from uuid import UUID

from reports.periods import Month, Period


@dataclass(frozen=True)
class Figures:
    """The figures of one organisation, of several, or of the city."""

    individual: int = 0
    workshops: int = 0
    assistances: int = 0
    in_workshops: int = 0
    people: int = 0
    anonymous: int = 0
    # Accompagnements of organisations that name nobody: how many people they are, nobody can tell.
    untold: int = 0
    minutes_given: int = 0
    minutes_received: int = 0
    appointments: int = 0
    expected: int = 0
    seen: int = 0
    no_shows: int = 0
    excused: int = 0
    revoked: int = 0
    to_complete: int = 0
    planned_workshops: int = 0
    seats: int = 0
    seats_taken: int = 0
    without_seat: int = 0
    sites: int = 0
    computers: int = 0
    working: int = 0

    @classmethod
    def total(cls, several: Iterable["Figures"]) -> "Figures":
        """Add figures up. Somebody helped by two organisations is counted twice, and the report says so."""
        rows = list(several)
        added = cls(**{field.name: sum(getattr(row, field.name) for row in rows) for field in fields(cls)})
        return replace(added, untold=sum(row.untold or row.assistances * (row.known_people is None) for row in rows))

    @property
    def activities(self) -> int:
        """Individual helps and workshops."""
        return self.individual + self.workshops

    @property
    def known_people(self) -> int | None:
        """Different people helped, or None where every accompagnement is anonymous: nobody can tell."""
        return None if self.anonymous and not self.people else self.people


@dataclass(frozen=True)
class Demand:
    """Requests of people who found no slot: why, what became of them, and how many days each first call took."""

    no_slot: int = 0
    call_back: int = 0
    out_of_hours: int = 0
    turned_away: int = 0
    answered: int = 0
    waiting: int = 0
    days_to_call: tuple[float, ...] = ()

    @classmethod
    def total(cls, several: Iterable["Demand"]) -> "Demand":
        """Add demands up; the days of each call are kept, for no median can be made of medians."""
        rows = list(several)
        return cls(**{field.name: _sum([getattr(row, field.name) for row in rows]) for field in fields(cls)})

    @property
    def received(self) -> int:
        """Requests of the period, whatever became of them."""
        return self.no_slot + self.call_back + self.out_of_hours + self.turned_away

    @property
    def median_days(self) -> float | None:
        """Days until the first call, as half of those called waited at most; None where nobody was called."""
        return median(self.days_to_call) if self.days_to_call else None


def _sum(values: list[Any]) -> Any:
    """Add numbers, or join tuples."""
    return sum(values, type(values[0])()) if values else ()


@dataclass(frozen=True)
class Confirmed:
    """An organisation said that its figures are right, on that day."""

    at: dt.datetime
    is_outdated: bool  # something was logged since


@dataclass(frozen=True)
class OrganisationLine:
    """One organisation: its figures, and what is missing from them."""

    pk: int
    uid: UUID
    name: str
    side: str
    source: str
    figures: Figures
    demand: Demand
    missing_months: tuple[Month, ...]
    overlapping: int
    confirmed: Confirmed | None
    may_confirm: bool
    is_fictional: bool


@dataclass(frozen=True)
class MonthLine:
    """Accompagnements of the city in one month."""

    month: Month
    individual: int
    in_workshops: int


@dataclass(frozen=True)
class BreakdownLine:
    """Accompagnements of one sort, for the municipal services, the partners and the city."""

    label: str
    municipal: int | None
    partner: int | None
    city: int | None


@dataclass(frozen=True)
class CrossLine:
    """Accompagnements of one organisation, by sort."""

    organisation_id: int
    organisation: str
    side: str
    counts: tuple[int | None, ...]


@dataclass(frozen=True)
class Breakdown:
    """Accompagnements by sort: for each side and the city, then for each organisation."""

    key: str
    lines: tuple[BreakdownLine, ...]
    labels: tuple[str, ...]
    by_organisation: tuple[CrossLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nobody said anything of the sort."""
        return all(line.city == 0 for line in self.lines)


@dataclass(frozen=True)
class QuartierLine:
    """A quartier: who lives there, who was helped, what is there. Without population: elsewhere, or not said."""

    name: str
    population: int | None
    assistances: int | None
    per_thousand: float | None
    sites: int | None = None
    computers: int | None = None


@dataclass(frozen=True)
class SiteLine:
    """A place: what was done there, and its computers today."""

    name: str
    quartier: str
    quartier_id: int | None
    organisation: str
    organisation_id: int | None
    activities: int
    assistances: int
    computers: int
    working: int


@dataclass(frozen=True)
class DoorLine:
    """What was asked for by one door, or by all: appointments, seats in workshops, calls where no time suited."""

    label: str
    appointments: int | None
    registrations: int | None
    requests: int | None


@dataclass(frozen=True)
class Doors:
    """What was asked for by each door of the city, and by all together."""

    lines: tuple[DoorLine, ...]
    total: DoorLine


@dataclass(frozen=True)
class CoordinationReport:
    """Everything that the page, the document and the workbook show."""

    period: Period
    made_at: dt.datetime
    is_whole_network: bool
    organisations: tuple[OrganisationLine, ...]
    municipal: Figures
    partner: Figures
    city: Figures
    demand: dict[str, Demand]  # of each side, and of the city under ""
    doors: Doors
    before: int  # accompagnements of the period just before
    months: tuple[MonthLine, ...]
    breakdowns: dict[str, Breakdown]
    quartiers: tuple[QuartierLine, ...]
    sites: tuple[SiteLine, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all happened in the period."""
        return not (self.city.activities or self.city.appointments or self.city.planned_workshops)

    @property
    def is_fictional(self) -> bool:
        """Whether demonstration data is among the figures."""
        return any(line.is_fictional for line in self.organisations)
