"""When a reminder goes out."""

import datetime as dt

import pytest

from mediation.messaging.schedule import reminder_due_at, soon
from tests.cast import PARIS


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("starts_at", "booked_at", "due_at", "why"),
    [
        ("2026-12-03T14:30", "2026-12-01T09:00", "2026-12-02T14:30", "the day before, at the same hour"),
        ("2026-12-03T07:30", "2026-12-01T09:00", "2026-12-01T20:00", "not before eight: the evening before that"),
        ("2026-12-03T21:00", "2026-12-01T09:00", "2026-12-02T20:00", "not after eight in the evening"),
        ("2026-12-07T10:00", "2026-12-01T09:00", "2026-12-05T10:00", "Monday's goes on Saturday"),
        ("2026-12-26T10:00", "2026-12-01T09:00", "2026-12-24T10:00", "not on Christmas Day"),
        ("2026-05-02T10:00", "2026-04-20T09:00", "2026-04-30T10:00", "not on the first of May"),
        ("2027-05-10T10:00", "2027-04-20T09:00", "2027-05-07T10:00", "Sunday and 8 May: back to Friday"),
        ("2026-12-02T08:59", "2026-12-01T09:00", None, "made within 24 hours"),
        ("2026-12-02T09:00", "2026-12-01T09:00", None, "exactly 24 hours"),
        ("2026-12-07T10:00", "2026-12-05T18:00", None, "Saturday's moment has passed: the confirmation is enough"),
        ("2026-10-26T10:00", "2026-10-20T09:00", "2026-10-24T10:00", "across the change to winter time"),
        ("2026-10-27T10:00", "2026-10-20T09:00", "2026-10-26T10:00", "after the change to winter time"),
        ("2027-03-29T14:00", "2027-03-20T09:00", "2027-03-27T14:00", "Easter Monday, across the change to summer time"),
        ("2027-03-30T14:00", "2027-03-20T09:00", "2027-03-27T14:00", "Easter Monday and Sunday: back to Saturday"),
    ],
)
def test_reminder(starts_at, booked_at, due_at, why):
    expected = paris(due_at) if due_at else None
    assert reminder_due_at(paris(starts_at), paris(booked_at)) == expected, why


def test_wall_time_stays_itself_across_the_clock_change():
    """10:00 on the Saturday is 25 hours more before Monday 10:00 than two days, in autumn."""
    starts_at = paris("2026-10-26T10:00").astimezone(dt.UTC)
    due = reminder_due_at(starts_at, paris("2026-10-20T09:00"))
    assert starts_at - due == dt.timedelta(hours=49)


@pytest.mark.parametrize(
    ("now", "starts_at", "due_at"),
    [
        ("2026-12-01T09:00", "2026-12-03T10:00", "2026-12-01T09:00"),
        ("2026-12-01T22:00", "2026-12-03T10:00", "2026-12-02T08:00"),
        ("2026-12-01T06:00", "2026-12-03T10:00", "2026-12-01T08:00"),
        ("2026-12-05T21:00", "2026-12-09T10:00", "2026-12-07T08:00"),
        ("2026-12-01T21:00", "2026-12-01T21:30", "2026-12-01T21:00"),
        ("2026-12-01T22:00", "2026-12-02T09:00", "2026-12-01T22:00"),
    ],
)
def test_news_wait_for_a_polite_hour_unless_it_would_be_too_late(now, starts_at, due_at):
    assert soon(paris(now), paris(starts_at)) == paris(due_at)
