"""From opening periods to start times: pure functions over local dates, wall times and instants."""

import datetime as dt
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from helpdesk.enums import Recurrence

# Half-open, in UTC.
Span = tuple[dt.datetime, dt.datetime]
MINUTE = dt.timedelta(minutes=1)


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


def opens_on(day: dt.date, *, recurrence: str, first_day: dt.date, last_day: dt.date | None) -> bool:
    """Say whether a period opens on ``day``; closures and holidays are somebody else's business."""
    if recurrence == Recurrence.ONCE:
        return day == first_day
    return first_day <= day and (last_day is None or day <= last_day) and day.weekday() == first_day.weekday()


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


def starts(span: Span, duration: dt.timedelta) -> Iterator[dt.datetime]:
    """Yield each start in ``span`` from which ``duration`` still fits, one duration apart."""
    start, end = span
    while start + duration <= end:
        yield start
        start += duration
