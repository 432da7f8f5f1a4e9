"""The agenda laid out as a table: pure functions over what a day holds."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils import timezone

from directory.models import Mediator
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment
from helpdesk.selectors.stretches import Stretch
from helpdesk.wording import hours
from sites.models import Site

NOON = dt.time(13)
# A whole day away stands above the hours, whatever they are.
WHOLE_DAY = dt.timedelta(hours=12)


@dataclass(frozen=True)
class Entry:
    """One stretch of the agenda. ``appointment`` is there for those that the reader may see.

    ``kind`` is appointment, workshop, taken, absence, free or queue. ``must_move`` says why an appointment cannot
    stay; ``may_change`` that it can be moved or cancelled.
    """

    starts_at: dt.datetime
    ends_at: dt.datetime
    kind: str
    mediator: Mediator
    title: str = ""
    site: Site | None = None
    appointment: Appointment | None = None
    state: str = ""
    tone: str = ""
    must_move: str = ""
    may_change: bool = False

    @property
    def hours(self) -> str:
        """From when to when, or the whole day."""
        return hours(self.starts_at, self.ends_at)

    @property
    def is_morning(self) -> bool:
        """Whether it starts before the afternoon."""
        return timezone.localtime(self.starts_at).time() < NOON

    @property
    def says_state(self) -> bool:
        """Whether its state is worth a word: somebody expected is what one expects of an appointment."""
        return self.state != str(AttendeeStatus.UNKNOWN.label)

    @property
    def stretch(self) -> str:
        """What an address says of a free stretch: with whom, where, from when to when."""
        return Stretch(self.mediator, self.site, self.starts_at, self.ends_at).token if self.site else ""

    @property
    def is_whole_day(self) -> bool:
        """Whether it takes the day rather than hours of it."""
        return self.kind == "absence" and self.ends_at - self.starts_at >= WHOLE_DAY


@dataclass(frozen=True)
class Cell:
    """What one mediator does from a row on, ``rows`` rows high. Nothing: an empty cell."""

    mediator: Mediator
    entries: tuple[Entry, ...] = ()
    rows: int = 1


@dataclass(frozen=True)
class Row:
    """One hour at which something begins; without hour, what takes the whole day. A column already filled has no cell.

    ``is_now`` is the line that says where the day has got to.
    """

    at: dt.datetime | None
    cells: tuple[Cell, ...]
    is_now: bool = False


def rows_of(entries: Iterable[Entry], mediators: Sequence[Mediator], *, now: dt.datetime | None) -> list[Row]:
    """Lay a day out: entries of one mediator that overlap share a cell, and a cell spans the rows it lasts."""
    entries = list(entries)
    if not entries:
        return []
    timed = [entry for entry in entries if not entry.is_whole_day]
    clusters = {one.pk: _clusters([entry for entry in timed if entry.mediator == one]) for one in mediators}
    starts = {cluster[0].starts_at for found in clusters.values() for cluster in found}
    if now and starts:
        starts.add(now)
    return [*_whole_day(entries, mediators), *_timed(sorted(starts), mediators, clusters, now)]


def _timed(
    starts: list[dt.datetime],
    mediators: Sequence[Mediator],
    clusters: dict[int, list[list[Entry]]],
    now: dt.datetime | None,
) -> Iterable[Row]:
    for start in starts:
        cells = (_cell(one, clusters[one.pk], start, starts) for one in mediators)
        yield Row(start, tuple(cell for cell in cells if cell), is_now=start == now)


def _whole_day(entries: list[Entry], mediators: Sequence[Mediator]) -> Iterable[Row]:
    away = [entry for entry in entries if entry.is_whole_day]
    if away:
        yield Row(None, tuple(Cell(one, tuple(e for e in away if e.mediator == one)) for one in mediators))


def _clusters(entries: list[Entry]) -> list[list[Entry]]:
    """Return entries in order, those that overlap together."""
    clusters: list[list[Entry]] = []
    for entry in sorted(entries, key=lambda one: one.starts_at):
        if clusters and entry.starts_at < max(one.ends_at for one in clusters[-1]):
            clusters[-1].append(entry)
        else:
            clusters.append([entry])
    return clusters


def _cell(
    mediator: Mediator, clusters: list[list[Entry]], start: dt.datetime, starts: list[dt.datetime]
) -> Cell | None:
    """Return the cell that begins at ``start``; None where an earlier one reaches into this row."""
    for cluster in clusters:
        first, end = cluster[0].starts_at, max(one.ends_at for one in cluster)
        if first == start:
            return Cell(mediator, tuple(cluster), sum(first <= other < end for other in starts))
        if first < start < end:
            return None
    return Cell(mediator)
