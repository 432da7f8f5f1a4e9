"""When jobs come back, and who plans them."""

import datetime as dt

import pytest

from mediation.kernel import tasks
from mediation.kernel.models import PeriodicJob
from mediation.kernel.schedule import SCHEDULE, Rhythm, Schedule
from tests.cast import NOW, PARIS

MINUTE = dt.timedelta(minutes=1)


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("last", "is_due"), [(None, True), (NOW - dt.timedelta(seconds=59), False), (NOW - MINUTE, True)]
)
def test_what_comes_back_every_minute(last, is_due):
    assert Rhythm(every=MINUTE).is_due(last, NOW) is is_due


@pytest.mark.parametrize(
    ("last", "now", "is_due"),
    [
        (None, "2026-12-01T04:09", False),
        (None, "2026-12-01T04:10", True),
        ("2026-11-30T04:10", "2026-12-01T04:10", True),
        ("2026-12-01T04:10", "2026-12-01T23:00", False),
        ("2026-11-28T04:10", "2026-12-01T09:00", True),
        # The night that has 02:30 twice, and the one that has it never.
        ("2026-10-24T04:10", "2026-10-25T04:10", True),
        ("2027-03-27T04:10", "2027-03-28T04:10", True),
    ],
)
def test_what_comes_back_once_a_day_goes_by_the_clock_on_the_wall(last, now, is_due):
    assert Rhythm(daily_at=dt.time(4, 10)).is_due(last and paris(last), paris(now)) is is_due


@pytest.mark.parametrize("minute", [0, 30, 59])
def test_no_daily_job_is_planned_in_the_hour_that_comes_twice_or_never(minute):
    with pytest.raises(ValueError, match="02:00 and 02:59"):
        Schedule().add_daily("some.job", at=dt.time(2, minute))


def test_every_job_of_the_product_can_be_called_and_none_is_planned_at_night():
    for path, rhythm in SCHEDULE.jobs.items():
        assert callable(tasks.import_string(path)), path
        assert rhythm.daily_at is None or rhythm.daily_at.hour != 2


@pytest.mark.django_db
def test_a_job_is_planned_once_whoever_looks(monkeypatch, now):
    monkeypatch.setattr(SCHEDULE, "jobs", {"some.job": Rhythm(every=MINUTE)})
    assert tasks.plan_due_jobs() == ["some.job"]
    assert tasks.plan_due_jobs() == []
    now.shift(MINUTE)
    assert tasks.plan_due_jobs() == ["some.job"]


@pytest.mark.django_db
def test_whoever_read_an_older_row_plans_nothing(monkeypatch, now):
    monkeypatch.setattr(SCHEDULE, "jobs", {"some.job": Rhythm(every=MINUTE)})
    PeriodicJob.objects.create(path="some.job", planned_at=NOW - 2 * MINUTE)
    read = PeriodicJob.objects.values_list

    def read_then_lose(*names):
        rows = list(read(*names))
        PeriodicJob.objects.update(planned_at=NOW)
        return rows

    monkeypatch.setattr(PeriodicJob.objects, "values_list", read_then_lose)
    assert tasks.plan_due_jobs() == []


def test_only_what_is_in_the_schedule_is_called():
    with pytest.raises(LookupError, match=r"os\.abort"):
        tasks.run_job.call("os.abort")
