"""When messages go out."""

import datetime as dt

import pytest

from directory.enums import Reminders
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.schedule import leaves_at, reminders, soon
from tests.cast import PARIS

EVE, EARLY = MessageKind.REMINDER, MessageKind.EARLY_REMINDER


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=PARIS)


@pytest.mark.parametrize(
    ("starts_at", "told_at", "early", "eve", "why"),
    [
        ("2026-12-10T14:30", "2026-12-01T09:00", "2026-12-07T14:30", "2026-12-09T14:30", "3 days and 1 day, same hour"),
        ("2026-12-03T14:30", "2026-12-01T09:00", None, "2026-12-02T14:30", "two days ahead: the day before only"),
        ("2026-12-10T07:30", "2026-12-01T09:00", "2026-12-05T19:30", "2026-12-08T19:30", "not before eight: earlier"),
        ("2026-12-10T21:00", "2026-12-01T09:00", "2026-12-07T19:30", "2026-12-09T19:30", "not after eight at night"),
        ("2026-12-07T10:00", "2026-12-01T09:00", "2026-12-04T10:00", "2026-12-05T10:00", "Monday's goes on Saturday"),
        ("2026-12-09T10:00", "2026-12-01T09:00", "2026-12-05T10:00", "2026-12-08T10:00", "not on a Sunday"),
        ("2026-12-28T10:00", "2026-12-01T09:00", "2026-12-24T10:00", "2026-12-26T10:00", "not on Christmas Day"),
        ("2026-12-26T10:00", "2026-12-01T09:00", "2026-12-23T10:00", "2026-12-24T10:00", "nor on its eve's place"),
        ("2026-05-02T10:00", "2026-04-20T09:00", "2026-04-29T10:00", "2026-04-30T10:00", "not on the first of May"),
        ("2027-05-10T10:00", "2027-04-20T09:00", None, "2027-05-07T10:00", "Sunday and 8 May: both on Friday, once"),
        ("2026-12-01T14:00", "2026-12-01T09:00", None, None, "made 5 hours ahead: its confirmation and nothing else"),
        ("2026-12-02T08:59", "2026-12-01T09:00", None, None, "made within 24 hours"),
        ("2026-12-02T09:00", "2026-12-01T09:00", None, None, "exactly 24 hours"),
        ("2026-12-02T10:00", "2026-12-01T09:00", None, "2026-12-01T10:00", "made 25 hours ahead"),
        ("2026-12-07T10:00", "2026-12-05T18:00", None, None, "Saturday's moment has passed: told is enough"),
        ("2026-12-05T10:00", "2026-12-01T09:00", "2026-12-02T10:00", "2026-12-04T10:00", "25 hours after it was told"),
        ("2026-12-04T10:00", "2026-11-30T20:00", None, "2026-12-03T10:00", "told 14 hours before the early one"),
        ("2026-10-26T10:00", "2026-10-16T09:00", "2026-10-23T10:00", "2026-10-24T10:00", "across winter time"),
        ("2026-10-27T10:00", "2026-10-16T09:00", "2026-10-24T10:00", "2026-10-26T10:00", "around winter time"),
        ("2026-03-30T14:00", "2026-03-20T09:00", "2026-03-27T14:00", "2026-03-28T14:00", "across summer time"),
        ("2026-03-31T14:00", "2026-03-20T09:00", "2026-03-28T14:00", "2026-03-30T14:00", "around summer time"),
        ("2027-03-29T14:00", "2027-03-20T09:00", "2027-03-26T14:00", "2027-03-27T14:00", "Easter Monday"),
        ("2027-03-30T14:00", "2027-03-20T09:00", None, "2027-03-27T14:00", "after Easter: both on Saturday, once"),
    ],
)
def test_reminders_by_text_message(starts_at, told_at, early, eve, why):
    expected = {kind: paris(moment) for kind, moment in ((EARLY, early), (EVE, eve)) if moment}
    assert dict(reminders(paris(starts_at), paris(told_at), Reminders.BOTH)) == expected, why


@pytest.mark.parametrize(
    ("starts_at", "early", "eve"),
    [
        ("2026-12-10T10:30", "2026-12-07T10:30", "2026-12-09T10:30"),
        ("2026-12-10T11:45", "2026-12-07T11:30", "2026-12-09T11:30"),
        ("2026-12-10T13:00", "2026-12-07T11:30", "2026-12-09T11:30"),
        ("2026-12-10T18:30", "2026-12-07T17:30", "2026-12-09T17:30"),
        ("2026-12-10T09:00", "2026-12-05T17:30", "2026-12-08T17:30"),
        ("2026-12-07T09:00", "2026-12-03T17:30", "2026-12-05T10:00"),
    ],
)
def test_reminders_by_call_ring_when_somebody_may_answer(starts_at, early, eve):
    found = dict(reminders(paris(starts_at), paris("2026-12-01T09:00"), Reminders.BOTH, Medium.VOICE))
    assert found == {EARLY: paris(early), EVE: paris(eve)}


@pytest.mark.parametrize(
    ("wanted", "kinds"),
    [
        (Reminders.BOTH, {EARLY, EVE}),
        (Reminders.EVE, {EVE}),
        (Reminders.EARLY, {EARLY}),
        (Reminders.NONE, set()),
    ],
)
def test_an_organisation_says_which_reminders_it_wants(wanted, kinds):
    found = dict(reminders(paris("2026-12-10T14:30"), paris("2026-12-01T09:00"), wanted))
    assert set(found) == kinds


def test_wall_time_stays_itself_across_the_clock_change():
    """10:00 on the Saturday is 25 hours more before Monday 10:00 than two days, in autumn."""
    starts_at = paris("2026-10-26T10:00").astimezone(dt.UTC)
    due = dict(reminders(starts_at, paris("2026-10-20T09:00"), Reminders.EVE))[EVE]
    assert starts_at - due == dt.timedelta(hours=49)


@pytest.mark.parametrize(
    ("due_at", "now", "useless_after", "medium", "leaves"),
    [
        ("2026-12-01T21:00", "2026-12-01T21:00", "2026-12-03T10:00", Medium.SMS, "2026-12-01T21:00"),
        ("2026-12-01T19:30", "2026-12-01T20:10", "2026-12-03T10:00", Medium.SMS, "2026-12-01T20:10"),
        ("2026-12-01T14:00", "2026-12-01T23:00", "2026-12-03T10:00", Medium.SMS, "2026-12-02T08:00"),
        ("2026-12-05T14:00", "2026-12-06T10:00", "2026-12-09T10:00", Medium.SMS, "2026-12-07T08:00"),
        ("2026-12-06T10:00", "2026-12-06T12:00", "2026-12-06T15:00", Medium.SMS, "2026-12-06T12:00"),
        ("2026-12-01T11:30", "2026-12-01T12:10", "2026-12-03T10:00", Medium.VOICE, "2026-12-01T14:00"),
        ("2026-12-01T17:30", "2026-12-01T18:05", "2026-12-03T15:00", Medium.VOICE, "2026-12-02T10:00"),
        # What concerns today rings between eight and eight; nothing rings at night nor on a Sunday.
        ("2026-12-01T09:00", "2026-12-01T09:00", "2026-12-01T11:00", Medium.VOICE, "2026-12-01T09:00"),
        ("2026-12-01T03:00", "2026-12-01T03:00", "2026-12-01T09:00", Medium.VOICE, "2026-12-01T10:00"),
        ("2026-12-01T22:00", "2026-12-01T22:00", "2026-12-02T09:00", Medium.VOICE, "2026-12-02T10:00"),
        ("2026-12-06T11:00", "2026-12-06T11:00", "2026-12-07T09:00", Medium.VOICE, "2026-12-07T10:00"),
    ],
)
def test_what_is_late_looks_at_the_clock_again(due_at, now, useless_after, medium, leaves):
    assert leaves_at(paris(due_at), paris(now), paris(useless_after), medium) == paris(leaves)


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
