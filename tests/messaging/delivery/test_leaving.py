"""What is due leaves once, at its time; each change of state is timed."""

import datetime as dt
import threading

import pytest

from mediation.messaging import delivery, services
from mediation.messaging.delivery import claiming, ending
from mediation.messaging.delivery.round import MEDIA
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.gateways import Receipt
from mediation.messaging.models import Attempt, GatewayState
from tests.cast import NOW, at
from tests.messaging.delivery.conftest import last, later, pass_by, states

pytestmark = pytest.mark.django_db


def claim(worker="w", limit=10):
    return claiming.claim(worker=worker, media=MEDIA, limit=limit)


def test_an_attempt_is_timed_at_each_step(due, gate):
    message = due()
    assert delivery.deliver_due() == 1
    attempt = last(message)
    assert (attempt.state, attempt.gateway, attempt.provider_id) == ("accepted", "first", f"SM-{message.uid}-1"[:64])
    assert attempt.claimed_at == attempt.sending_at == attempt.accepted_at == attempt.state_at == NOW
    assert attempt.claimed_by
    assert (attempt.claimed_until, attempt.sent_at, attempt.ended_at) == (None, None, None)
    assert delivery.deliver_due() == 0


@pytest.mark.parametrize(
    ("state", "column"), [("sent", "sent_at"), ("delivered", "ended_at"), ("accepted", "accepted_at")]
)
def test_what_the_gateway_says_at_once_is_kept(due, gate, state, column):
    message = due()
    gate.answers = [Receipt(AttemptState(state), "SM1", parts=3, cost="0.07")]
    delivery.deliver_due()
    attempt = last(message)
    assert (attempt.state, getattr(attempt, column), attempt.parts, str(attempt.cost)) == (state, NOW, 3, "0.0700")


def test_the_gateway_gets_the_text_the_recipient_and_how_long_it_means_something(due, gate):
    message = due(language="ar", asks="coming")
    delivery.deliver_due()
    (outgoing,) = gate.sent
    assert (outgoing.recipient, outgoing.body, outgoing.reference) == (message.recipient, "Rappel", f"{message.uid}-1")
    assert (outgoing.valid_for, outgoing.language, outgoing.asks) == (message.useless_after - NOW, "ar", "coming")


def test_sending_is_written_before_the_gateway_is_called(due, gate, monkeypatch):
    message = due()
    seen = []
    monkeypatch.setattr(
        "mediation.messaging.delivery.round.Round._call", lambda *_: seen.append(last(message)) or pytest.exit
    )
    monkeypatch.setattr("mediation.messaging.delivery.round.Round.settle", lambda _self: None)
    delivery.deliver_due()
    (attempt,) = seen
    assert (attempt.state, attempt.gateway, attempt.sending_at) == (AttemptState.SENDING, "first", NOW)
    assert attempt.claimed_until == NOW + dt.timedelta(seconds=300)


@pytest.mark.parametrize("medium", [Medium.CALL_LIST, Medium.LETTER])
def test_what_people_say_is_left_to_people(due, gate, medium):
    message = due(medium=medium)
    assert delivery.deliver_due() == 0
    assert states(message) == [(medium, "waiting")]


def test_nothing_goes_before_its_time_or_after_it_means_something(due, gate):
    early, late = due(due_at=NOW + dt.timedelta(minutes=1)), due(useless_after=NOW)
    assert pass_by() == 0
    assert (last(early).state, last(late).state) == ("waiting", "expired")
    assert last(late).ended_at == NOW
    assert not gate.sent


def test_who_holds_a_telephone_comes_before_reminders(due, gate, settings):
    settings.SENDERS_PER_WORKER = 1
    for number in range(2):
        due(due_at=at(8), kind=MessageKind.REMINDER, occasion=f"test:early{number}")
    answer = due(kind=MessageKind.HELP)
    delivery.deliver_due()
    assert gate.sent[0].reference.startswith(str(answer.uid))


def test_what_is_called_back_after_the_claim_stays(due, gate):
    message = due()
    (claimed,) = claim()
    assert services.void(occasion=message.occasion) == 1
    assert claiming.start(worker="w", attempts=[claimed], gateway="first") == []
    assert last(message).state == "skipped"


def test_what_is_called_back_stops_only_itself(due, gate):
    gone, stays = due(), due(recipient="+33639980002")
    batch = claim()
    services.void(occasion=gone.occasion)
    assert [one.message for one in claiming.start(worker="w", attempts=batch, gateway="first")] == [stays]


def test_two_workers_never_claim_the_same(due):
    due()
    assert len(claim("a")) == 1
    assert claim("b") == []


def test_an_expired_claim_is_taken_over_and_the_first_worker_loses_it(due, settings):
    settings.MESSAGE_LEASE_SECONDS = 30
    due()
    first = claim("a")
    with later(seconds=31):
        second = claim("b")
        assert claiming.start(worker="a", attempts=first, gateway="first") == []
        assert claiming.start(worker="b", attempts=second, gateway="first") == second


def test_a_worker_killed_while_sending_leaves_a_question_not_a_second_message(due, gate):
    message = due()
    claiming.start(worker="dead", attempts=claim("dead"), gateway="first")
    assert pass_by(seconds=299) == 0
    assert last(message).state == "sending"
    pass_by(seconds=301)
    assert last(message).state == "unknown"
    assert not gate.sent


def test_a_final_state_is_never_overwritten(due, gate):
    message = due()

    claimed = claim()
    claiming.start(worker="w", attempts=claimed, gateway="first")
    message.attempts.update(state=AttemptState.DELIVERED, provider_id="SM9")
    ending.accept("w", [(claimed[0], Receipt(AttemptState.ACCEPTED, "SM1"))])
    ending.lose("w", [(claimed[0], TimeoutError("trop tard"))])
    assert (last(message).state, last(message).provider_id) == ("delivered", "SM9")


def test_a_stop_finishes_the_call_under_way_and_gives_the_rest_back(due, gate, settings):
    settings.SENDERS_PER_WORKER = 1
    messages = [due(recipient=f"+3363998000{number}") for number in range(3)]
    stop = threading.Event()
    gate.answers = [lambda _outgoing: stop.set() or Receipt(AttemptState.ACCEPTED, "SM1")]
    assert delivery.deliver_due(should_stop=stop.is_set) == 1
    assert [last(message).state for message in messages] == ["accepted", "waiting", "waiting"]
    assert Attempt.objects.filter(state="waiting", claimed_until=None).count() == 2


def test_an_error_of_ours_gives_back_what_had_not_left(due, gate, monkeypatch):
    message = due()
    monkeypatch.setattr("mediation.messaging.delivery.round.Round.launch", lambda _self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        delivery.deliver_due()
    assert last(message).state == "waiting"


def test_many_leave_in_few_statements(due, gate, settings, django_assert_max_num_queries):
    settings.MESSAGES_PER_SECOND = 1000
    for number in range(40):
        due(recipient=f"+336399801{number:02}")
    with django_assert_max_num_queries(40):
        assert delivery.deliver_due() == 40
    assert Attempt.objects.filter(state="accepted").values("provider_id").distinct().count() == 40
    assert GatewayState.objects.get().last_answer_at == NOW


def test_nobody_sends_faster_than_the_pace(due, gate, settings, monkeypatch):
    settings.MESSAGES_PER_SECOND = 2
    clock = [0.0]
    monkeypatch.setattr("mediation.messaging.delivery.pace.time.monotonic", lambda: clock[0])
    sleeps = []
    monkeypatch.setattr(
        "mediation.messaging.delivery.round.time.sleep",
        lambda s: (sleeps.append(s), clock.__setitem__(0, clock[0] + s)),
    )
    for number in range(6):
        due(recipient=f"+3363998010{number}")
    delivery.deliver_due()
    assert len(gate.sent) == 6
    assert 1.9 <= clock[0] <= 3
