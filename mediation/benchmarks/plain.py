"""The limit: what psycopg and Python take for the same question when nothing stands between them.

Only what the benchmark's city holds is understood: weekly mornings, absences, closures and engagements.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

import psycopg

from mediation.territory.selectors import is_public_holiday

ZONE = ZoneInfo("Europe/Paris")
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(weeks=1)
WINDOWS = (7, 28, 90)
# When it starts, at which site, with whom.
Answer = tuple[dt.datetime, int, int]

PERIODS = """
    SELECT p.mediator_id, p.site_id, p.first_day, p.interval_weeks, p.start_time, p.end_time
    FROM helpdesk_openingperiod p
    JOIN helpdesk_openingperiod_reasons r ON r.openingperiod_id = p.id
    JOIN directory_mediator m ON m.id = p.mediator_id
    JOIN directory_organisation o ON o.id = m.organisation_id
    WHERE r.reason_id = %s AND m.is_active AND o.is_active AND p.takes_appointments AND p.first_day <= %s
      AND (p.last_day IS NULL OR p.last_day >= %s) AND (%s::bigint IS NULL OR p.mediator_id = %s)
"""
ABSENCES = """
    SELECT mediator_id, starts_at, ends_at FROM helpdesk_absence
    WHERE mediator_id = ANY(%s) AND starts_at < %s AND ends_at > %s
"""
CLOSURES = "SELECT site_id, starts_on, ends_on FROM sites_closure WHERE starts_on <= %s AND ends_on >= %s"
ENGAGEMENTS = """
    SELECT mediator_id, starts_at, ends_at FROM directory_engagement
    WHERE released_at IS NULL AND mediator_id = ANY(%s) AND starts_at < %s AND ends_at > %s
"""


def first_slots(
    connection: psycopg.Connection,
    *,
    reason: int,
    minutes: int,
    mediator: int | None,
    first_day: dt.date,
    last_day: dt.date,
    limit: int,
) -> list[Answer]:
    """Return the first times, earliest first, then with who has least to do that week."""
    duration = dt.timedelta(minutes=minutes)
    periods = _rows(connection, PERIODS, reason, last_day, first_day, mediator, mediator)
    shut = _rows(connection, CLOSURES, last_day, first_day)
    found: dict[tuple[dt.datetime, int], int] = {}
    for first, last in _windows(first_day, last_day):
        taken, load = _read(connection, list({period[0] for period in periods}), first, last)
        for offset in range((last - first).days + 1):
            for start, _load, who, site in sorted(_free(first + DAY * offset, periods, shut, taken, load, duration)):
                found.setdefault((start, site), who)
                if len(found) == limit:
                    return _answers(found)
    return _answers(found)


def _answers(found: dict[tuple[dt.datetime, int], int]) -> list[Answer]:
    return [(start, site, who) for (start, site), who in found.items()]


def _read(connection: psycopg.Connection, people: list[int], first: dt.date, last: dt.date) -> tuple[Any, Any]:
    start, end = _midnight(first - DAY * first.weekday()), _midnight(last - DAY * last.weekday() + WEEK)
    taken: dict[tuple[int, dt.date], list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    load: dict[int, list[dt.datetime]] = defaultdict(list)
    for who, starts_at, ends_at in _rows(connection, ENGAGEMENTS, people, end, start):
        taken[who, starts_at.date()].append((starts_at, ends_at))
        load[who].append(starts_at)
    for who, starts_at, ends_at in _rows(connection, ABSENCES, people, end, start):
        for number in range((ends_at.date() - starts_at.date()).days + 1):
            taken[who, starts_at.date() + DAY * number].append((starts_at, ends_at))
    return taken, load


def _windows(first_day: dt.date, last_day: dt.date) -> Iterator[tuple[dt.date, dt.date]]:
    first = first_day
    for days in WINDOWS:
        last = min(first_day + DAY * (days - 1), last_day)
        if first <= last:
            yield first, last
        first = last + DAY


def _free(
    day: dt.date, periods: list[Any], shut: list[Any], taken: Any, load: Any, duration: dt.timedelta
) -> Iterator[tuple[dt.datetime, int, int, int]]:
    if is_public_holiday(day):
        return
    monday, sunday = _midnight(day - DAY * day.weekday()), _midnight(day - DAY * day.weekday() + WEEK)
    instants: dict[dt.time, dt.datetime] = {}
    for who, site, first_day, interval, start_time, end_time in periods:
        if day < first_day or (day - first_day).days % (7 * interval) or _is_shut(site, day, shut):
            continue
        for time in (start_time, end_time):
            if time not in instants:
                instants[time] = dt.datetime.combine(day, time, tzinfo=ZONE).astimezone(dt.UTC)
        start, end = instants[start_time], instants[end_time]
        that_week = sum(monday <= moment < sunday for moment in load[who])
        for busy_from, busy_until in [*sorted(taken[who, start.date()]), (end, end)]:
            while start + duration <= min(busy_from, end):
                yield start, that_week, who, site
                start += duration
            start = max(start, busy_until)


def _is_shut(site: int, day: dt.date, shut: list[Any]) -> bool:
    return any(closed == site and starts_on <= day <= ends_on for closed, starts_on, ends_on in shut)


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time.min, tzinfo=ZONE).astimezone(dt.UTC)


def _rows(connection: psycopg.Connection, query: str, *values: Any) -> list[Any]:
    return connection.execute(query, values).fetchall()
