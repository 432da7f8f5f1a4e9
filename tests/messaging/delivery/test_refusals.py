"""What a gateway refuses, and what follows from each trouble."""

import datetime as dt

import pytest

from mediation.messaging import delivery
from mediation.messaging.delivery.round import Round
from mediation.messaging.enums import AttemptState, Medium, MessageKind, Trouble
from mediation.messaging.gateways import Down, Receipt, Refused
from mediation.messaging.models import GatewayState, Line
from mediation.messaging.services.failing import PAUSES
from tests.cast import NOW, at
from tests.messaging.delivery.conftest import MOBILE, last, pass_by, states

pytestmark = pytest.mark.django_db

BUSY = Refused("occupé", is_temporary=True)
SMS, CALL = Medium.SMS, Medium.CALL_LIST


def refusal(trouble):
    return Refused("Twilio 1 : non", is_temporary=False, trouble=trouble)


def test_a_temporary_refusal_is_tried_again_later(due, gate):
    message = due()
    gate.answers = [BUSY]
    delivery.deliver_due()
    assert states(message) == [(SMS, "failed"), (SMS, "waiting")]
    assert delivery.deliver_due() == 0
    assert pass_by(minutes=1) == 1
    assert last(message).state == "accepted"


def test_it_gives_up_after_four_attempts(due, gate):
    message = due()
    gate.answers = [BUSY] * 5
    for hours in range(6):
        pass_by(hours=hours)
    assert states(message) == [(SMS, "failed")] * (len(PAUSES) + 1)


def test_a_refusal_is_kept_in_words_with_the_time(due, gate):
    message = due()
    gate.answers = [refusal(Trouble.FILTERED)]
    delivery.deliver_due()
    attempt = message.attempts.get()
    assert (attempt.state, attempt.trouble, attempt.problem) == ("failed", "filtered", "Twilio 1 : non")
    assert attempt.ended_at == NOW


@pytest.mark.parametrize(
    "changes",
    [{"useless_after": at(14)}, {"kind": MessageKind.CANCELLED}, {"kind": MessageKind.MOVED}],
    ids=["today", "cancelled", "moved"],
)
def test_what_is_urgent_is_said_by_somebody(due, gate, changes):
    message = due(**changes)
    gate.answers = [refusal(Trouble.OTHER)]
    delivery.deliver_due()
    assert states(message) == [(SMS, "failed"), (CALL, "waiting")]
    assert last(message).recipient == MOBILE
    assert list(type(message).objects.to_call(NOW)) == [message]


@pytest.mark.parametrize("kind", [MessageKind.HELP, MessageKind.NOT_UNDERSTOOD, MessageKind.CONFIRMED])
def test_an_answer_that_fails_calls_nobody(due, gate, kind):
    message = due(kind=kind, useless_after=at(14))
    gate.answers = [refusal(Trouble.OTHER)]
    delivery.deliver_due()
    assert states(message) == [(SMS, "failed")]


def test_a_number_that_is_no_mobile_changes_way_by_itself(due, gate, cast):
    cast.lucette.email = "lucette@example.org"
    cast.lucette.save()
    message = due()
    gate.answers = [refusal(Trouble.NOT_MOBILE)]
    delivery.deliver_due()
    assert Line.objects.get(recipient=MOBILE).no_sms_since == NOW
    assert states(message)[0] == (SMS, "failed")
    assert last(message).said_to == "lucette@example.org"
    assert last(message).body != "Rappel"


def test_without_another_way_somebody_calls_a_number_that_is_no_mobile(due, gate):
    message = due()
    gate.answers = [refusal(Trouble.NOT_MOBILE)]
    delivery.deliver_due()
    assert states(message) == [(SMS, "failed"), (CALL, "waiting")]


def test_where_calls_are_made_by_machine_it_calls(due, gates, settings):
    settings.VOICE_GATEWAYS = ("second",)
    message = due()
    gates[0].answers = [refusal(Trouble.NOT_MOBILE)]
    delivery.deliver_due()
    assert states(message)[:2] == [(SMS, "failed"), (Medium.VOICE, "waiting")]


def test_who_opted_out_is_left_in_peace(due, gate):
    message = due(useless_after=at(14))
    gate.answers = [refusal(Trouble.OPTED_OUT)]
    delivery.deliver_due()
    assert Line.objects.get(recipient=MOBILE).refuses_since == NOW
    assert states(message) == [(SMS, "failed")]


def test_a_wrong_number_is_remembered_and_seen_by_somebody_where_it_is_urgent(due, gate):
    message = due(useless_after=at(14))
    gate.answers = [refusal(Trouble.WRONG_NUMBER)]
    delivery.deliver_due()
    assert Line.objects.get(recipient=MOBILE).is_wrong_since == NOW
    assert last(message).medium == CALL


def test_a_telephone_that_is_off_is_tried_once_more(due, gate):
    message = due(useless_after=at(18))
    gate.answers = [refusal(Trouble.OUT_OF_REACH)] * 2
    delivery.deliver_due()
    assert last(message).not_before == NOW + dt.timedelta(minutes=30)
    pass_by(minutes=30)
    assert states(message) == [(SMS, "failed"), (SMS, "failed"), (CALL, "waiting")]


def test_slow_down_waits_without_counting_as_an_attempt(due, gate):
    message = due()
    gate.answers = [
        Refused("429", is_temporary=True, trouble=Trouble.SLOW_DOWN, retry_after=dt.timedelta(seconds=20)),
    ]
    delivery.deliver_due()
    assert states(message) == [(SMS, "waiting")]
    assert GatewayState.objects.get().not_before == NOW + dt.timedelta(seconds=20)
    assert Round.pace.rate < 6
    assert pass_by(seconds=19) == 0
    Round.pace = None
    assert pass_by(seconds=21) == 1
    assert states(message) == [(SMS, "accepted")]


def test_a_gateway_that_is_down_is_followed_by_the_next_in_the_same_attempt(due, gates):
    first, second = gates
    message = due()
    first.answers = [Down("Connexion refusée")]
    delivery.deliver_due()
    assert states(message) == [(SMS, "accepted")]
    assert last(message).gateway == "second"
    assert len(second.sent) == 1
    state = GatewayState.objects.get(name="first")
    assert (state.down_since, state.problem) == (NOW, "Connexion refusée")


def test_when_all_are_down_the_queue_holds_and_one_message_tries_again(due, gates):
    messages = [due(recipient=f"+3363998001{number}") for number in range(5)]
    for one in gates:
        one.answers = [Down("Connexion refusée")] * 30
    delivery.deliver_due()
    assert [states(message) for message in messages] == [[(SMS, "waiting")]] * 5
    tried = len(gates[0].sent)
    assert pass_by(seconds=10) == 0
    pass_by(seconds=16)
    assert len(gates[0].sent) == tried + 1
    gates[0].answers = []
    pass_by(seconds=40)
    assert [states(message) for message in messages] == [[(SMS, "accepted")]] * 5
    assert GatewayState.objects.get(name="first").down_since is None


def test_pauses_grow_while_a_gateway_stays_down(due, gate):
    due()
    gate.answers = [Down("Connexion refusée")] * 30
    delivery.deliver_due()
    pass_by(minutes=4)
    assert GatewayState.objects.get().not_before == NOW + dt.timedelta(minutes=6)
    pass_by(hours=1)
    assert GatewayState.objects.get().not_before == NOW + dt.timedelta(hours=1, minutes=5)


def test_another_worker_spares_itself_a_gateway_that_is_down(due, gate):
    GatewayState.objects.create(name="first", down_since=NOW, not_before=NOW + dt.timedelta(seconds=15))
    due()
    assert delivery.deliver_due() == 0


def test_an_account_that_is_refused_on_end_holds_the_queue(due, gate, settings):
    settings.SENDERS_PER_WORKER = 1
    messages = [due(recipient=f"+3363998001{number}") for number in range(8)]
    gate.answers = [Refused("Twilio 20003", is_temporary=True, trouble=Trouble.ACCOUNT)] * 5
    delivery.deliver_due()
    assert len(gate.sent) == 5
    assert [last(message).state for message in messages] == ["waiting"] * 8
    assert GatewayState.objects.get().down_since == NOW


def test_a_late_answer_counts_while_nobody_has_asked_the_gateway(due, gate):
    message = due()

    def lose_the_lease(_outgoing):
        return Receipt(AttemptState.SENT, "SM1")

    gate.answers = [lose_the_lease]
    delivery.deliver_due()
    assert last(message).state == "sent"


@pytest.mark.parametrize("down_for", [dt.timedelta(minutes=29), dt.timedelta(minutes=31)])
def test_down_for_long_what_is_urgent_moves_to_the_call_list(due, gates, down_for):
    for one in gates:
        GatewayState.objects.create(name=one.name, down_since=NOW - down_for, not_before=NOW + dt.timedelta(minutes=5))
    today, far = due(useless_after=at(18)), due(recipient="+33639980019")
    answer = due(kind=MessageKind.HELP, useless_after=at(10))
    pass_by()
    is_long = down_for > dt.timedelta(minutes=30)
    assert states(today) == ([(SMS, "skipped"), (CALL, "waiting")] if is_long else [(SMS, "waiting")])
    assert states(far) == states(answer) == [(SMS, "waiting")]


def test_as_long_as_one_gateway_works_nothing_moves(due, gates):
    GatewayState.objects.create(name="first", down_since=NOW - dt.timedelta(hours=5))
    message = due(useless_after=at(18))
    delivery.tidy()
    assert states(message) == [(SMS, "waiting")]
