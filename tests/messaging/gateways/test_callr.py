"""What CALLR is told, and what its answers mean."""

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from mediation.messaging import gateways
from mediation.messaging.enums import AttemptState, Trouble
from mediation.messaging.gateways import callr as interface
from tests.messaging.gateways.conftest import outgoing


@pytest.fixture
def callr(standin):
    return gateways.named("callr")


@pytest.mark.parametrize(
    ("sms_from", "sender"), [("+33536490000", ""), ("Toulouse", "Toulouse")], ids=["a number", "a name"]
)
def test_it_picks_a_number_that_takes_replies_where_we_have_no_name(callr, standin, settings, sms_from, sender):
    settings.SMS_FROM = sms_from
    callr.send(outgoing())
    assert standin.ledger.all()[0].sender == sender


def test_it_is_told_our_name_for_the_attempt(callr, standin):
    callr.send(outgoing())
    assert standin.ledger.all()[0].reference == outgoing().reference


def test_another_attempt_with_the_same_text_is_not_this_one(callr):
    callr.send(outgoing(reference="0f8fad5b-d9cb-469f-a165-70867728950e-2"))
    assert callr.find(outgoing(), timezone.now() - dt.timedelta(seconds=5)) is None


def test_what_it_found_says_parts_and_cost(callr):
    callr.send(outgoing())
    found = callr.find(outgoing(), timezone.now() - dt.timedelta(seconds=5))
    assert (found.parts, found.cost) == (1, Decimal("0.0450"))


@pytest.mark.parametrize(
    ("status", "trouble", "is_temporary"), [(400, Trouble.OTHER, False), (403, Trouble.ACCOUNT, True)]
)
def test_a_refusal_says_what_a_human_should_do(callr, standin, status, trouble, is_temporary):
    standin.behaviour.refuse(0, status=status)
    with pytest.raises(gateways.Refused) as refusal:
        callr.send(outgoing())
    assert (refusal.value.trouble, refusal.value.is_temporary) == (trouble, is_temporary)


def test_a_wrong_password_is_a_matter_of_the_account(callr, settings):
    settings.CALLR_PASSWORD = "wrong"
    with pytest.raises(gateways.Refused) as refusal:
        callr.send(outgoing())
    assert refusal.value.trouble == Trouble.ACCOUNT


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("CREATED", AttemptState.ACCEPTED),
        ("REMOTE_QUEUED", AttemptState.SENT),
        ("RECEIVED", AttemptState.DELIVERED),
        ("delivered", AttemptState.DELIVERED),
        ("EXPIRED", AttemptState.UNDELIVERED),
        ("ERROR", AttemptState.FAILED),
        ("SOMETHING", None),
    ],
)
def test_its_words_for_states(word, state):
    assert interface.state_of({"status": word}) == state
