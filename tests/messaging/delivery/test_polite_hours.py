"""What is late waits for an hour at which people may be disturbed; a telephone never rings at another."""

import datetime as dt

import pytest
import time_machine

from mediation.messaging import delivery, services
from mediation.messaging.enums import AttemptState, Medium, MessageKind, Trouble
from mediation.messaging.gateways import Refused
from mediation.messaging.models import Attempt
from tests.messaging.delivery.conftest import last, states

pytestmark = pytest.mark.django_db

SMS, VOICE, EMAIL = Medium.SMS, Medium.VOICE, Medium.EMAIL
THURSDAY = "2026-12-03T15:00"


def paris(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))


def worker_comes_by(moment):
    with time_machine.travel(paris(moment), tick=False):
        delivery.tidy()
        return delivery.deliver_due()


@pytest.fixture
def waiting(due, gate, settings):
    """Return a function that writes a message that is due then, and means something until then."""
    settings.VOICE_GATEWAYS = ("first",)

    def _waiting(due_at, until=THURSDAY, **changes):
        return due(due_at=paris(due_at), useless_after=paris(until), **changes)

    return _waiting


@pytest.mark.parametrize(
    ("medium", "due_at", "now", "until", "leaves_at"),
    [
        (SMS, "2026-12-01T14:00", "2026-12-01T23:00", THURSDAY, "2026-12-02T08:00"),
        (SMS, "2026-12-01T14:00", "2026-12-02T06:30", THURSDAY, "2026-12-02T08:00"),
        (SMS, "2026-12-01T14:00", "2026-12-01T19:59", THURSDAY, None),
        (SMS, "2026-12-01T19:30", "2026-12-01T20:20", THURSDAY, None),
        (SMS, "2026-12-05T14:00", "2026-12-06T10:00", "2026-12-09T10:00", "2026-12-07T08:00"),
        (SMS, "2026-12-24T14:00", "2026-12-25T10:00", "2026-12-29T10:00", "2026-12-26T08:00"),
        (SMS, "2026-12-05T14:00", "2026-12-06T10:00", "2026-12-06T15:00", None),
        (SMS, "2026-12-01T14:00", "2026-12-01T23:00", "2026-12-02T09:00", None),
        (EMAIL, "2026-12-01T14:00", "2026-12-01T23:00", THURSDAY, "2026-12-02T08:00"),
        (VOICE, "2026-12-01T11:00", "2026-12-01T11:00", THURSDAY, None),
        (VOICE, "2026-12-01T11:55", "2026-12-01T12:05", THURSDAY, "2026-12-01T14:00"),
        (VOICE, "2026-12-01T17:55", "2026-12-01T18:05", THURSDAY, "2026-12-02T10:00"),
        (VOICE, "2026-12-05T17:30", "2026-12-05T18:30", "2026-12-09T10:00", "2026-12-07T10:00"),
        (VOICE, "2026-12-01T11:55", "2026-12-01T12:05", "2026-12-01T16:00", None),
    ],
    ids=[
        "the worker is back at night",
        "back early in the morning",
        "back in the evening, in time",
        "late by less than an hour",
        "Sunday",
        "Christmas",
        "Sunday, but about today",
        "nothing would be left of it in the morning",
        "an e-mail",
        "a call at its hour",
        "a call after noon",
        "a call in the evening",
        "a call on Saturday evening",
        "a call about today",
    ],
)
def test_what_is_late_waits_for_a_polite_hour(waiting, gate, medium, due_at, now, until, leaves_at, mailoutbox):
    recipient = "lucette@example.org" if medium == EMAIL else "+33639980001"
    message = waiting(due_at, until, medium=medium, recipient=recipient)
    assert worker_comes_by(now) == (0 if leaves_at else 1)
    if leaves_at:
        attempt = last(message)
        assert (attempt.state, attempt.not_before) == ("waiting", paris(leaves_at))
        assert (attempt.claimed_until, attempt.problem) == (None, "")
        assert not worker_comes_by(now)
        assert worker_comes_by(leaves_at) == 1
    assert len(gate.sent) + len(mailoutbox) == 1


@pytest.mark.parametrize("kind", [MessageKind.CONFIRMED, MessageKind.BOOKED, MessageKind.EXCUSED])
def test_what_answers_somebody_leaves_at_any_hour(waiting, kind):
    message = waiting("2026-12-01T23:00", kind=kind)
    assert worker_comes_by("2026-12-01T23:05") == 1
    assert states(message) == [(SMS, "accepted")]


def test_what_failed_in_the_evening_is_tried_again_in_the_morning(waiting, gate):
    message = waiting("2026-12-01T19:30")
    gate.answers = [Refused("occupé", is_temporary=True)] * 3
    for moment in ("2026-12-01T19:30", "2026-12-01T19:32", "2026-12-01T19:59", "2026-12-01T20:31"):
        worker_comes_by(moment)
    assert states(message) == [(SMS, "failed")] * 3 + [(SMS, "waiting")]
    assert last(message).not_before == paris("2026-12-02T08:00")
    assert worker_comes_by("2026-12-02T08:00") == 1


def test_a_call_that_nobody_took_rings_again_at_an_hour_for_calls(waiting):
    message = waiting("2026-12-01T11:30", medium=VOICE)
    worker_comes_by("2026-12-01T11:30")
    with time_machine.travel(paris("2026-12-01T11:31"), tick=False):
        reference = f"{message.uid}-1"
        services.note_progress(reference=reference, state=AttemptState.UNDELIVERED, trouble=Trouble.NO_ANSWER)
    assert worker_comes_by("2026-12-01T12:35") == 0
    assert last(message).not_before == paris("2026-12-01T14:00")


def test_many_that_wait_keep_nothing_from_leaving(waiting, gate, settings):
    """More than a batch of what is late stands before what answers somebody."""
    settings.MESSAGES_PER_SECOND = 1000
    for number in range(60):
        waiting("2026-12-01T14:00", recipient=f"+336399801{number:02}", kind=MessageKind.REMINDER, beneficiary=None)
    answer = waiting("2026-12-01T23:00", kind=MessageKind.CONFIRMED)
    assert worker_comes_by("2026-12-01T23:01") == 1
    assert states(answer) == [(SMS, "accepted")]
    assert Attempt.objects.filter(not_before=paris("2026-12-02T08:00"), state="waiting").count() == 60
