"""What nobody knows is asked of the gateway, and never sent again blindly."""

import datetime as dt

import pytest

from mediation.messaging import delivery
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.gateways import Down, Receipt, Refused
from mediation.messaging.models import Attempt, GatewayState
from tests.cast import NOW, at
from tests.messaging.delivery.conftest import pass_by, states

pytestmark = pytest.mark.django_db

SMS, CALL = Medium.SMS, Medium.CALL_LIST


@pytest.fixture
def lost(due, gate):
    """Return a function that has a message end without an answer."""

    def _lost(**changes):
        message = due(**changes)
        gate.answers = [TimeoutError("plus de réponse")]
        delivery.deliver_due()
        assert states(message) == [(SMS, "unknown")]
        return message

    return _lost


def test_it_is_not_asked_at_once_and_not_sent_again(lost, gate):
    lost()
    assert pass_by(minutes=2) == 0
    assert (len(gate.sent), gate.asked) == (1, [])


def test_what_the_gateway_finds_was_taken(lost, gate):
    message = lost()
    gate.found = [Receipt(AttemptState.SENT, "SM7", parts=2)]
    pass_by(minutes=3)
    attempt = message.attempts.get()
    assert (attempt.state, attempt.provider_id, attempt.parts, attempt.problem) == ("sent", "SM7", 2, "")
    assert len(gate.sent) == 1


def test_what_is_absent_is_sent_again_only_when_it_would_have_arrived(lost, gate):
    message = lost()
    for minutes in (3, 6, 9):
        pass_by(minutes=minutes)
        assert states(message) == [(SMS, "unknown")]
    pass_by(minutes=12)
    assert states(message) == [(SMS, "failed"), (SMS, "accepted")]
    assert (len(gate.sent), len(gate.asked)) == (2, 4)
    assert gate.sent[1].reference.endswith("-2")


def test_a_gateway_that_does_not_work_is_sent_nothing(lost, gate):
    message = lost()
    GatewayState.objects.filter(name="first").update(down_since=NOW, not_before=NOW + dt.timedelta(hours=2))
    pass_by(minutes=12)
    assert (states(message), len(gate.sent)) == ([(SMS, "unknown")], 1)


def test_urgent_and_the_gateway_does_not_work_somebody_calls(lost, gate):
    message = lost(useless_after=at(16))
    GatewayState.objects.filter(name="first").update(down_since=NOW, not_before=NOW + dt.timedelta(hours=2))
    pass_by(minutes=12)
    assert states(message) == [(SMS, "expired"), (CALL, "waiting")]


@pytest.mark.parametrize("error", [Down("Connexion refusée"), TimeoutError("lent"), Refused("500", is_temporary=True)])
def test_while_the_gateway_cannot_say_nothing_is_sent(lost, gate, error):
    message = lost()
    gate.found = [error] * 99
    for hours in range(1, 9):
        pass_by(hours=hours)
    assert (states(message), len(gate.sent)) == ([(SMS, "unknown")], 1)


def test_the_gateway_cannot_say_and_it_is_urgent_somebody_calls(lost, gate):
    message = lost(useless_after=at(16))
    gate.found = [Down("Connexion refusée")] * 9
    pass_by(minutes=12)
    assert states(message) == [(SMS, "expired"), (CALL, "waiting")]


def test_what_means_nothing_any_more_is_not_sent_again(lost, gate):
    message = lost(useless_after=at(9, 5))
    pass_by(minutes=11)
    attempt = message.attempts.get()
    assert (attempt.state, attempt.problem) == ("expired", "N’est jamais arrivé chez l’opérateur.")


def test_what_was_called_back_meanwhile_is_not_sent_again(lost, gate):
    message = lost()
    type(message).objects.update(voided_at=NOW)
    pass_by(minutes=11)
    assert states(message) == [(SMS, "expired")]


def test_a_truth_that_comes_late_is_still_written(lost, gate):
    message = lost(useless_after=at(9, 5))
    gate.found = [Receipt(AttemptState.DELIVERED, "SM7")]
    pass_by(hours=5)
    assert states(message) == [(SMS, "delivered")]


def test_after_a_day_nobody_will_ever_know(lost, gate):
    message = lost(useless_after=at(12))
    GatewayState.objects.all().delete()
    type(message).objects.update(beneficiary=None, recipient="")
    gate.found = [Down("Connexion refusée")] * 9
    pass_by(days=2)
    attempt = message.attempts.get()
    assert attempt.state == "expired"
    assert "Personne ne sait" in attempt.problem


def test_a_callback_that_comes_first_wins(lost, gate):
    message = lost()
    gate.found = [None]
    message.attempts.update(state=AttemptState.DELIVERED)
    pass_by(minutes=12)
    assert (states(message), gate.asked) == ([(SMS, "delivered")], [])


def test_the_text_of_another_attempt_is_not_taken_for_this_one(lost, due, gate):
    other = due()
    Attempt.objects.filter(message=other).update(state="accepted", gateway="first", provider_id="SM7")
    message = lost()
    gate.found = [Receipt(AttemptState.SENT, "SM7")]
    pass_by(minutes=12)
    assert states(message) == [(SMS, "failed"), (SMS, "accepted")]


def test_two_workers_do_not_ask_about_the_same(lost, gate):
    lost()
    Attempt.objects.update(claimed_by="other", claimed_until=NOW + dt.timedelta(minutes=20))
    pass_by(minutes=12)
    assert gate.asked == []


def test_a_gateway_that_was_taken_out_is_not_asked(lost, gate, settings):
    message = lost()
    Attempt.objects.update(gateway="gone")
    pass_by(minutes=12)
    assert states(message) == [(SMS, "unknown")]


def test_silence_on_end_is_a_gateway_that_does_not_work(due, gate, settings):
    settings.SENDERS_PER_WORKER = 1
    for number in range(8):
        due(recipient=f"+3363998001{number}")
    gate.answers = [TimeoutError("plus de réponse")] * 8
    delivery.deliver_due()
    assert len(gate.sent) == 5
    assert GatewayState.objects.get().down_since == NOW
    assert Attempt.objects.filter(state="waiting").count() == 3
