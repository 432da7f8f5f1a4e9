"""What docs/gateways.md promises, tried on every gateway. A new one adds its bench to conftest.py."""

import datetime as dt

import pytest
from django.utils import timezone

from mediation.messaging.enums import AttemptState, Trouble
from mediation.messaging.gateways import Down, Refused

TAKEN = {AttemptState.ACCEPTED, AttemptState.SENT, AttemptState.DELIVERED}


@pytest.fixture
def since():
    return timezone.now()


def test_it_takes_a_text_once_and_says_so(bench):
    receipt = bench.gateway.send(bench.outgoing)
    assert receipt.state in TAKEN
    assert bench.taken() == 1


def test_what_it_took_is_found_again_by_the_same_name(bench, since):
    if not bench.can_find:
        pytest.skip("It cannot tell.")
    receipt = bench.gateway.send(bench.outgoing)
    found = bench.gateway.find(bench.outgoing, since)
    assert found.provider_id == receipt.provider_id
    assert found.state in TAKEN


def test_one_that_cannot_tell_what_it_took_says_so(bench, since):
    if bench.can_find:
        pytest.skip("It can tell.")
    with pytest.raises(Down):
        bench.gateway.find(bench.outgoing, since)


def test_what_it_refused_was_not_taken_and_says_what_to_do(bench, since):
    bench.refuse()
    with pytest.raises(Refused) as refusal:
        bench.gateway.send(bench.outgoing)
    assert refusal.value.problem
    assert refusal.value.trouble in Trouble
    assert bench.taken() == 0


def test_one_that_cannot_be_reached_is_down_and_took_nothing(bench, since):
    bench.go_down()
    with pytest.raises(Refused) as refusal:
        bench.gateway.send(bench.outgoing)
    assert isinstance(refusal.value, Down)
    assert refusal.value.is_temporary
    assert refusal.value.trouble == Trouble.DOWN
    assert bench.taken() == 0
    with pytest.raises(Down):
        bench.gateway.find(bench.outgoing, since)


def test_one_that_is_told_too_much_at_once_says_how_long_to_wait(bench):
    if bench.slow_down is None:
        pytest.skip("It never asks for it.")
    bench.slow_down()
    with pytest.raises(Refused) as refusal:
        bench.gateway.send(bench.outgoing)
    assert refusal.value.trouble == Trouble.SLOW_DOWN
    assert refusal.value.is_temporary
    assert refusal.value.retry_after == dt.timedelta(seconds=7)
    assert bench.taken() == 0
    assert bench.gateway.send(bench.outgoing).state in TAKEN


@pytest.mark.parametrize("ending", ["cut", "failed"])
def test_an_answer_that_is_lost_after_taking_is_no_refusal_and_is_found(bench, since, ending):
    if bench.lose_answer is None:
        pytest.skip("Nothing lies between it and us.")
    bench.lose_answer(ending)
    with pytest.raises(Exception) as lost:  # noqa: PT011 — any but Refused means that nobody knows
        bench.gateway.send(bench.outgoing)
    assert not isinstance(lost.value, Refused)
    if bench.can_find:
        assert bench.taken() == 1
        assert bench.gateway.find(bench.outgoing, since).provider_id


def test_a_request_that_is_lost_before_taking_is_not_found(bench, since):
    if bench.lose_answer is None or not bench.can_find:
        pytest.skip("Nothing lies between it and us, or it cannot tell.")
    bench.lose_answer("lost")
    with pytest.raises(Exception) as lost:  # noqa: PT011 — any but Refused means that nobody knows
        bench.gateway.send(bench.outgoing)
    assert not isinstance(lost.value, Refused)
    assert bench.taken() == 0
    assert bench.gateway.find(bench.outgoing, since) is None


def test_what_it_took_long_before_is_not_taken_for_this(bench):
    if not bench.can_find or bench.gateway.name == "file":
        pytest.skip("It cannot tell, or it knows a text by its reference alone.")
    bench.gateway.send(bench.outgoing)
    assert bench.gateway.find(bench.outgoing, timezone.now() + dt.timedelta(minutes=2)) is None


def test_it_forgets_a_text_or_says_that_it_does_not(bench):
    receipt = bench.gateway.send(bench.outgoing)
    if bench.can_forget:
        bench.gateway.forget(receipt.provider_id)
    else:
        with pytest.raises(Refused):
            bench.gateway.forget(receipt.provider_id)
