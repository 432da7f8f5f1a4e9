"""Wall time, clock changes and what is left of a period: no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.enums import Recurrence
from helpdesk.expansion import instant, opens_on, starts, subtract
from tests.cast import PARIS

SPRING = dt.date(2027, 3, 28)  # 2:00 becomes 3:00
AUTUMN = dt.date(2026, 10, 25)  # 3:00 becomes 2:00 again
MINUTES = st.integers(0, 24 * 60)


def utc(day: dt.date, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(day.year, day.month, day.day, hour, minute, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("day", "hour", "minute", "expected"),
    [
        (dt.date(2026, 12, 1), 9, 0, utc(dt.date(2026, 12, 1), 8)),
        (dt.date(2026, 7, 1), 9, 0, utc(dt.date(2026, 7, 1), 7)),
        (SPRING, 9, 0, utc(SPRING, 7)),
        (AUTUMN, 9, 0, utc(AUTUMN, 8)),
        (SPRING, 1, 59, utc(SPRING, 0, 59)),
        (SPRING, 2, 30, utc(SPRING, 1)),
        (SPRING, 3, 0, utc(SPRING, 1)),
        (AUTUMN, 2, 30, utc(AUTUMN, 0, 30)),
        (AUTUMN, 3, 0, utc(AUTUMN, 2)),
    ],
)
def test_wall_time_becomes_the_instant_at_which_the_clock_shows_it(day, hour, minute, expected):
    assert instant(day, dt.time(hour, minute), PARIS) == expected


def test_no_slot_starts_in_the_hour_that_is_skipped():
    span = instant(SPRING, dt.time(1), PARIS), instant(SPRING, dt.time(4), PARIS)
    walls = [start.astimezone(PARIS).strftime("%H:%M") for start in starts(span, dt.timedelta(minutes=30))]
    assert walls == ["01:00", "01:30", "03:00", "03:30"]


def test_the_hour_that_comes_twice_is_offered_twice():
    span = instant(AUTUMN, dt.time(2), PARIS), instant(AUTUMN, dt.time(3), PARIS)
    assert len(list(starts(span, dt.timedelta(minutes=30)))) == 4


@pytest.mark.parametrize(
    ("day", "opens"),
    [(dt.date(2026, 11, 24), False), (dt.date(2026, 12, 1), True), (dt.date(2026, 12, 2), False)]
    + [(dt.date(2026, 12, 8), True), (dt.date(2026, 12, 15), True), (dt.date(2026, 12, 22), False)],
)
def test_a_weekly_period_opens_on_its_weekday_until_its_last_day(day, opens):
    period = {"first_day": dt.date(2026, 12, 1), "last_day": dt.date(2026, 12, 15)}
    assert opens_on(day, recurrence=Recurrence.WEEKLY, **period) is opens
    assert opens_on(day, recurrence=Recurrence.ONCE, **period) is (day == period["first_day"])


@given(st.lists(st.tuples(MINUTES, MINUTES).filter(lambda pair: pair[0] < pair[1]), max_size=8), st.integers(1, 120))
def test_what_is_left_is_exactly_what_nobody_took(taken, minutes):
    origin = utc(dt.date(2026, 12, 1), 0)
    spans = [(origin + dt.timedelta(minutes=a), origin + dt.timedelta(minutes=b)) for a, b in taken]
    free = list(subtract((origin, origin + dt.timedelta(hours=24)), spans))
    held = {minute for a, b in taken for minute in range(a, min(b, 1440))}
    left = {
        int((a - origin).total_seconds() // 60) + i for a, b in free for i in range(int((b - a).seconds // 60) or 1440)
    }
    assert left == set(range(1440)) - held
    duration = dt.timedelta(minutes=minutes)
    for span in free:
        assert all(span[0] <= start and start + duration <= span[1] for start in starts(span, duration))
