"""From opening periods to start times: pure functions over local dates, wall times and instants."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from helpdesk.enums import MonthWeek, Recurrence
from mediation.territory.selectors import SchoolCalendar

# Half-open, in UTC.
Span = tuple[dt.datetime, dt.datetime]
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)
WEEK = dt.timedelta(weeks=1)
DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class Repetition:
    """On which days something happens: once, every n weeks, or on the n-th weekday of each month.

    The weekday is that of ``first_day``, and weeks are counted from its week. ``last_day`` included; None: for ever.
    Public holidays and closures are somebody else's business.
    """

    recurrence: str
    first_day: dt.date
    last_day: dt.date | None = None
    interval_weeks: int = 1
    month_week: int | None = None
    skipped_days: frozenset[dt.date] = frozenset()
    outside_school_holidays: bool = False

    def falls_on(self, day: dt.date, school: SchoolCalendar) -> bool:
        """Say whether it happens on ``day``; it does in school holidays that are not published yet."""
        if not self._is_in_turn(day) or day in self.skipped_days:
            return False
        return not (self.respects_school_holidays and school.is_holiday(day))

    def days(self, first: dt.date, last: dt.date, school: SchoolCalendar) -> Iterator[dt.date]:
        """Yield the days on which it happens, from ``first`` to ``last``."""
        start = max(first, self.first_day)
        start += DAY * ((self.first_day.weekday() - start.weekday()) % DAYS_OF_A_WEEK)
        last = min(last, self.last_day or last)
        for number in range((last - start).days // DAYS_OF_A_WEEK + 1):
            day = start + WEEK * number
            if self.falls_on(day, school):
                yield day

    @property
    def respects_school_holidays(self) -> bool:
        """Whether it pauses in school holidays: what happens once was chosen with its day."""
        return self.outside_school_holidays and self.recurrence != Recurrence.ONCE

    def _is_in_turn(self, day: dt.date) -> bool:
        if self.recurrence == Recurrence.ONCE:
            return day == self.first_day
        if day < self.first_day or (self.last_day is not None and day > self.last_day):
            return False
        if self.recurrence == Recurrence.MONTHLY:
            return day.weekday() == self.first_day.weekday() and self._is_in_month_week(day)
        return (day - self.first_day).days % (DAYS_OF_A_WEEK * self.interval_weeks) == 0

    def _is_in_month_week(self, day: dt.date) -> bool:
        if self.month_week == MonthWeek.LAST:
            return (day + WEEK).month != day.month
        return (day.day - 1) // DAYS_OF_A_WEEK + 1 == self.month_week


@lru_cache(maxsize=4096)
def instant(day: dt.date, time: dt.time, zone: ZoneInfo) -> dt.datetime:
    """Return the UTC instant at which the clock on the wall shows ``time``.

    Of an hour that comes twice, the first; of an hour that is skipped, the moment of the skip.
    """
    wall = dt.datetime.combine(day, time, tzinfo=zone)
    utc = wall.astimezone(dt.UTC)
    if utc.astimezone(zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return utc
    before = wall.replace(fold=1).astimezone(dt.UTC)
    while before.astimezone(zone).utcoffset() == wall.utcoffset():
        before += MINUTE
    return before


def subtract(span: Span, taken: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of ``span`` once the ``taken`` spans are cut out of it."""
    start, end = span
    for taken_from, taken_until in sorted(taken):
        if taken_until <= start:
            continue
        if taken_from >= end:
            break
        if taken_from > start:
            yield start, taken_from
        start = taken_until
    if start < end:
        yield start, end


def starts(span: Span, duration: dt.timedelta, step: dt.timedelta | None = None) -> Iterator[dt.datetime]:
    """Yield each start in ``span`` from which ``duration`` still fits, one ``step`` (else one duration) apart."""
    start, end = span
    while start + duration <= end:
        yield start
        start += step or duration
