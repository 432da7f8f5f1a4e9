"""A call as the operator tells it: signed, told again, ended, forgotten."""

import pytest
from django.utils import timezone

from helpdesk.models import HelpRequest
from mediation.channels.models import Call
from mediation.channels.voice.tasks import forget_calls
from tests.channels.voice.caller import Caller


def test_a_request_without_the_operators_signature_is_refused(client):
    caller = Caller(client)
    for address in ("/telephone/", "/telephone/1/", "/telephone/fin/"):
        assert caller.post(address, token="somebody else's").status_code == 403
        assert client.post(address, {"CallSid": caller.sid}).status_code == 403
        assert client.get(address).status_code == 405
    assert not Call.objects.exists()


@pytest.mark.parametrize("sid", ["", "C" * 35])
def test_a_call_without_a_name_is_none(client, sid):
    caller = Caller(client, sid=sid)
    assert caller.post("/telephone/").status_code == 400
    assert caller.post("/telephone/1/").status_code == 400


def test_a_repeated_request_is_told_the_same_and_changes_nothing(call):
    caller = call()
    first = caller.heard
    assert caller.dial() == first
    address = caller.next_address
    asked = caller.press("1")
    assert caller.request(address, Digits="1") == asked
    assert caller.request(address, Digits="2") == asked
    assert Call.objects.get().turn == 2


def test_after_the_end_nothing_is_said_and_nobody_is_remembered(call):
    caller = call()
    address = caller.next_address
    caller.press("1")
    caller.hang_up()
    row = Call.objects.get()
    assert (row.caller, row.memory, row.said) == ("", {}, "")
    assert row.ended_at
    assert caller.request(address, Digits="1") == []
    assert caller.is_over
    assert caller.dial() == []


def test_a_line_that_hangs_up_remembers_nobody_and_says_its_last_words_again(call, at_night):
    caller = call()
    address = caller.next_address
    heard = caller.press("0")
    row = Call.objects.get()
    assert (row.caller, row.memory, row.step) == ("", {}, "")
    assert caller.request(address, Digits="0") == caller.request("/telephone/2/", Digits="1") == heard
    assert HelpRequest.objects.count() == 1
    caller.hang_up()
    assert Call.objects.get().said == ""


def test_the_end_of_a_call_that_goes_on_is_none(call):
    caller = call()
    caller.post("/telephone/fin/", CallStatus="in-progress")
    assert Call.objects.get().ended_at is None


def test_a_call_that_was_forgotten_begins_again(call):
    caller = call()
    address = caller.next_address
    menu = caller.heard
    Call.objects.all().delete()
    assert caller.request(address, Digits="1") == menu


def test_calls_are_forgotten_after_a_day(call, now):
    call()
    now.shift(23 * 3600)
    call()
    now.shift(2 * 3600)
    forget_calls()
    assert Call.objects.count() == 1


def test_of_the_last_call_it_stays_known_when_it_was(call, now):
    call()
    last = call()
    last.press("1")
    rang_at = Call.objects.latest("started_at").started_at
    now.shift(3 * 24 * 3600)
    forget_calls()
    kept = Call.objects.get()
    assert kept.started_at == rang_at
    assert (kept.caller, kept.memory, kept.said, kept.step) == ("", {}, "", "")


@pytest.mark.parametrize("is_told", [True, False])
def test_when_the_last_call_ended_is_written_once(call, now, is_told):
    """Told of the end or not: what is known of it stays as it was, however often yesterday's calls are forgotten."""
    caller, ended_at = call(), timezone.now()
    if is_told:
        caller.hang_up()
    now.shift(25 * 3600)
    ended_at = ended_at if is_told else timezone.now()
    forget_calls()
    assert Call.objects.get().ended_at == ended_at
    now.shift(3600)
    forget_calls()
    assert Call.objects.get().ended_at == ended_at


def test_the_last_words_of_the_last_call_are_forgotten_too(call, now, at_night):
    call().press("0")
    assert Call.objects.get().said
    now.shift(25 * 3600)
    forget_calls()
    assert Call.objects.get().said == ""


def test_nobody_presses_keys_for_ever(call):
    caller = call()
    for _turn in range(78):
        caller.press("9")
    assert not caller.is_over
    caller.press("9")
    caller.press("9")
    assert caller.is_over
