"""What operators say became of a message: in any order, repeated, or about nothing we know."""

import datetime as dt
from decimal import Decimal
from itertools import permutations

import pytest

from mediation.messaging import services
from mediation.messaging.enums import TERMINAL, AttemptState, Medium, MessageKind, Trouble
from mediation.messaging.models import Attempt, Line, Message
from tests.cast import NOW, at

pytestmark = pytest.mark.django_db


@pytest.fixture
def attempt(cast, now):
    message = Message.objects.create(
        organisation=cast.mairie,
        beneficiary=cast.lucette,
        occasion="appointment:1",
        version=1,
        kind=MessageKind.REMINDER,
        recipient="+33639980001",
        medium=Medium.SMS,
        body="Bonjour",
        due_at=NOW,
        useless_after=at(14, days=2),
    )
    return Attempt.objects.create(message=message, medium=Medium.SMS, state=AttemptState.SENDING, state_at=NOW)


def reference(attempt):
    return f"{attempt.message.uid}-{attempt.number}"


def note(attempt, state, **said):
    return services.note_progress(reference=reference(attempt), state=state, **said)


def test_each_step_is_timed_and_keeps_what_was_said(attempt, now):
    assert note(attempt, AttemptState.ACCEPTED, provider_id="SM1")
    now.shift(dt.timedelta(minutes=1))
    assert note(attempt, AttemptState.SENT)
    now.shift(dt.timedelta(minutes=1))
    assert note(attempt, AttemptState.DELIVERED, parts=2, cost=Decimal("0.0900"))
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.DELIVERED
    assert (attempt.provider_id, attempt.parts, attempt.cost) == ("SM1", 2, Decimal("0.0900"))
    minutes = [moment.minute for moment in (attempt.accepted_at, attempt.sent_at, attempt.ended_at)]
    assert minutes == [0, 1, 2]
    assert attempt.state_at == attempt.ended_at
    assert attempt.claimed_until is None


@pytest.mark.parametrize(
    "order", list(permutations([AttemptState.ACCEPTED, AttemptState.SENT, AttemptState.DELIVERED]))
)
def test_whatever_the_order_the_end_stands(attempt, order):
    for state in order:
        note(attempt, state)
        note(attempt, state)
    attempt.refresh_from_db()
    assert attempt.state == AttemptState.DELIVERED


@pytest.mark.parametrize("end", TERMINAL)
@pytest.mark.parametrize("state", [AttemptState.SENT, AttemptState.DELIVERED, AttemptState.UNDELIVERED])
def test_an_end_is_never_overwritten(attempt, end, state):
    Attempt.objects.filter(pk=attempt.pk).update(state=end)
    assert not note(attempt, state, provider_id="SM2", trouble=Trouble.NOT_MOBILE)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_id, attempt.trouble) == (end, "", "")


@pytest.mark.parametrize("state", [AttemptState.WAITING, AttemptState.CLAIMED])
def test_what_nobody_handed_over_makes_no_progress(attempt, state):
    Attempt.objects.filter(pk=attempt.pk).update(state=state)
    assert not note(attempt, AttemptState.DELIVERED)


def test_what_nobody_knew_about_is_known_by_its_callback(attempt):
    Attempt.objects.filter(pk=attempt.pk).update(state=AttemptState.UNKNOWN)
    assert note(attempt, AttemptState.SENT, provider_id="SM1")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.provider_id) == (AttemptState.SENT, "SM1")


@pytest.mark.parametrize(
    "name",
    ["", "-", "x-1", "00000000-0000-0000-0000-000000000000-1", "00000000-0000-0000-0000-000000000000-99999999999999"],
)
def test_news_of_nothing_we_know_is_harmless(attempt, name):
    assert not services.note_progress(reference=name, state=AttemptState.DELIVERED)


def test_a_state_that_is_no_operators_word_changes_nothing(attempt):
    assert not note(attempt, AttemptState.EXPIRED)


def test_only_the_attempt_that_is_named_changes(attempt):
    assert not services.note_progress(reference=f"{attempt.message.uid}-2", state=AttemptState.DELIVERED)


def test_a_failure_is_written_down_and_followed_up_once(attempt):
    for _time in range(2):
        note(attempt, AttemptState.UNDELIVERED, trouble=Trouble.WRONG_NUMBER, problem="Twilio 30005")
    attempt.refresh_from_db()
    assert (attempt.state, attempt.trouble, attempt.problem) == (
        AttemptState.UNDELIVERED,
        Trouble.WRONG_NUMBER,
        "Twilio 30005",
    )
    assert attempt.ended_at == NOW
    assert Line.objects.get(recipient="+33639980001").is_wrong_since == NOW
    assert attempt.message.attempts.filter(number__gt=1).count() <= 1


def test_a_long_problem_is_cut(attempt):
    note(attempt, AttemptState.FAILED, trouble=Trouble.OPTED_OUT, problem="x" * 500)
    attempt.refresh_from_db()
    assert len(attempt.problem) == 200
