"""Wall time, clock changes and what is left of a period: no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helpdesk.enums import MonthWeek, Recurrence
from helpdesk.expansion import Repetition, instant, starts, subtract
from helpdesk.models import Absence, OpeningPeriod
from mediation.territory.selectors import SchoolCalendar
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


FEBRUARY = (dt.date(2027, 2, 6), dt.date(2027, 2, 21))
SCHOOL = SchoolCalendar(periods=(FEBRUARY, (dt.date(2027, 4, 3), dt.date(2027, 4, 18))))
TUESDAY = dt.date(2026, 12, 1)


def days(first: dt.date = TUESDAY, last: dt.date = dt.date(2027, 2, 28), **how) -> list[str]:
    """Return the days of a repetition that begins on the first Tuesday of December, as "12-01"."""
    how = {"recurrence": Recurrence.WEEKLY, "first_day": TUESDAY, **how}
    return [f"{day:%m-%d}" for day in Repetition(**how).days(first, last, SCHOOL)]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"recurrence": Recurrence.ONCE}, ["12-01"]),
        ({"recurrence": Recurrence.ONCE, "skipped_days": frozenset({TUESDAY})}, []),
        ({"last_day": dt.date(2026, 12, 15)}, ["12-01", "12-08", "12-15"]),
        ({"last_day": dt.date(2026, 12, 14)}, ["12-01", "12-08"]),
        (
            {"last_day": dt.date(2026, 12, 22), "skipped_days": frozenset({dt.date(2026, 12, 8)})},
            ["12-01", "12-15", "12-22"],
        ),
        ({"interval_weeks": 2}, ["12-01", "12-15", "12-29", "01-12", "01-26", "02-09", "02-23"]),
        (
            {"interval_weeks": 2, "outside_school_holidays": True},
            ["12-01", "12-15", "12-29", "01-12", "01-26", "02-23"],
        ),
        ({"interval_weeks": 8}, ["12-01", "01-26"]),
        ({"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.FIRST}, ["12-01", "01-05", "02-02"]),
        ({"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.SECOND}, ["12-08", "01-12", "02-09"]),
        ({"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.FOURTH}, ["12-22", "01-26", "02-23"]),
        ({"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.LAST}, ["12-29", "01-26", "02-23"]),
        (
            {"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.SECOND, "outside_school_holidays": True},
            ["12-08", "01-12"],
        ),
    ],
)
def test_a_repetition_falls_on_its_days_and_no_others(how, expected):
    assert days(**how) == expected


def test_days_are_the_same_from_wherever_one_looks():
    assert days(first=dt.date(2027, 1, 9), interval_weeks=2) == ["01-12", "01-26", "02-09", "02-23"]
    assert days(first=dt.date(2026, 11, 1), last=dt.date(2026, 12, 7)) == ["12-01"]
    assert days(first=dt.date(2027, 2, 1), last=dt.date(2027, 1, 1)) == []


def test_what_happens_once_was_chosen_in_spite_of_holidays():
    once = Repetition(Recurrence.ONCE, first_day=FEBRUARY[0], outside_school_holidays=True)
    assert once.falls_on(FEBRUARY[0], SCHOOL)


def test_a_year_whose_holidays_are_unknown_has_none():
    """Pages say "à vérifier"; to offer nothing would hide the period for a year."""
    weekly = Repetition(Recurrence.WEEKLY, first_day=TUESDAY, outside_school_holidays=True)
    unknown = dt.date(2031, 2, 11)
    assert not SCHOOL.knows(unknown)
    assert weekly.falls_on(unknown, SCHOOL)


def test_an_opening_period_opens_as_its_row_says():
    period = OpeningPeriod(
        recurrence=Recurrence.MONTHLY, month_week=MonthWeek.LAST, first_day=TUESDAY, skipped_days=["2026-12-29"]
    )
    assert not period.opens_on(dt.date(2026, 12, 29), SCHOOL)
    assert period.opens_on(dt.date(2027, 1, 26), SCHOOL)


def wall(span: tuple[dt.datetime, dt.datetime]) -> str:
    """Return "03-29 03:00-04:00", by the clock on the wall."""
    start, end = (moment.astimezone(PARIS) for moment in span)
    return f"{start:%m-%d %H:%M}-{end:%H:%M}"


def absence(day: dt.date, start: dt.time, end: dt.time, *, nights: int = 0, **how) -> Absence:
    """Return an absence, by wall time."""
    last = day + dt.timedelta(days=nights)
    return Absence(starts_at=instant(day, start, PARIS), ends_at=instant(last, end, PARIS), **how)


def year(number: int) -> tuple[dt.datetime, dt.datetime]:
    """Return all of a year."""
    return utc(dt.date(number, 1, 1), 0), utc(dt.date(number + 1, 1, 1), 0)


@pytest.mark.parametrize(
    ("change", "start", "end", "expected"),
    [
        # Sunday 29 March 2026, 2:00 becomes 3:00.
        (dt.date(2026, 3, 29), dt.time(9), dt.time(10), ["03-29 09:00-10:00"]),
        (dt.date(2026, 3, 29), dt.time(1), dt.time(4), ["03-29 01:00-04:00"]),
        (dt.date(2026, 3, 29), dt.time(2), dt.time(3), []),
        (dt.date(2026, 3, 29), dt.time(2, 30), dt.time(4), ["03-29 03:00-04:00"]),
        # Sunday 25 October 2026, 3:00 becomes 2:00 again.
        (dt.date(2026, 10, 25), dt.time(9), dt.time(10), ["10-25 09:00-10:00"]),
        (dt.date(2026, 10, 25), dt.time(1), dt.time(4), ["10-25 01:00-04:00"]),
    ],
)
def test_a_repeated_absence_keeps_its_hours_across_the_clock_changes(change, start, end, expected):
    week = dt.timedelta(weeks=1)
    row = absence(change - week, start, end, recurrence=Recurrence.WEEKLY, last_day=change + week)
    before, after = (f"{day:%m-%d} {start:%H:%M}-{end:%H:%M}" for day in (change - week, change + week))
    assert [wall(span) for span in row.spans(*year(2026))] == [before, *expected, after]


def test_the_spans_of_an_absence_are_those_that_touch_the_period():
    weekend = absence(dt.date(2026, 12, 4), dt.time(18), dt.time(8), nights=3, recurrence=Recurrence.WEEKLY)
    saturday = utc(dt.date(2026, 12, 12), 9), utc(dt.date(2026, 12, 12), 10)
    assert [wall(span) for span in weekend.spans(*saturday)] == ["12-11 18:00-08:00"]
    wednesday = utc(dt.date(2026, 12, 9), 0), utc(dt.date(2026, 12, 10), 0)
    assert weekend.spans(*wednesday) == []
    end = weekend.ends_at
    assert weekend.spans(end, end + dt.timedelta(hours=1)) == [], "half-open: it is over at its end"
    once = absence(dt.date(2026, 12, 4), dt.time(9), dt.time(12), recurrence=Recurrence.ONCE)
    assert once.spans(*year(2026)) == [(once.starts_at, once.ends_at)]
    assert once.spans(*year(2027)) == []


def test_an_absence_may_pause_in_school_holidays():
    course = absence(
        dt.date(2027, 2, 2), dt.time(9), dt.time(12), recurrence=Recurrence.WEEKLY, outside_school_holidays=True
    )
    february = utc(dt.date(2027, 2, 1), 0), utc(dt.date(2027, 3, 1), 0)
    assert [wall(span)[:5] for span in course.spans(*february, SCHOOL)] == ["02-02", "02-23"]
    assert len(course.spans(*february)) == 4, "without a calendar nobody can tell"


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
