"""What people send back is done once, confirmed in one message, and never guessed."""

import datetime as dt

import pytest

from directory.models import Beneficiary
from mediation.messaging.enums import AttemptState, Meaning, Medium, MessageKind
from mediation.messaging.models import Attempt, Line, Message, Reply
from mediation.messaging.services import mark_handled
from tests.cast import NOW, at
from tests.messaging.phone import LUCETTE, read, said_since, send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def planned(
    cast, *, due_at=NOW, state=AttemptState.WAITING, recipient=LUCETTE, occasion="reply:1", **fields
) -> Message:
    message = Message.objects.create(
        **{
            "organisation": cast.mairie,
            "beneficiary": cast.lucette,
            "version": 1,
            "kind": MessageKind.REMINDER,
            "medium": Medium.SMS,
            "body": "Bonjour",
            "useless_after": due_at + dt.timedelta(days=1),
            **fields,
        },
        due_at=due_at,
        recipient=recipient,
        occasion=occasion,
    )
    Attempt.objects.create(message=message, medium=message.medium, state=state, state_at=NOW)
    return message


def last_state(message: Message) -> str:
    return message.attempts.order_by("number").last().state


def test_what_nobody_asked_goes_to_the_front_desk_and_is_answered_once_a_day(cast, now):
    first, second = send("1"), send("Je serai en retard")
    assert first.needs_somebody
    assert second.needs_somebody
    assert said_since() == ["not_understood"]
    now.shift(dt.timedelta(days=1))
    send("??")
    assert said_since() == ["not_understood"] * 2


DEAF = "Je suis sourd, je voudrais un rendez-vous pour la CAF"


@pytest.mark.parametrize("before", [["RDV 31400", "3"], ["RDV"], ["ANNULER"], ["AUTRE", "CHANGER"], ["AIDE", "RAPPEL"]])
def test_who_writes_freely_after_a_word_of_ours_is_told_that_somebody_reads_it(cast, before):
    for body in before:
        send(body)
        read()
    told = said_since().count("not_understood")
    first, second = send(DEAF), send("Vous me lisez ?")
    assert first.needs_somebody
    assert second.needs_somebody
    assert said_since().count("not_understood") == told + 1


def test_a_number_nobody_knows_is_answered_in_the_name_of_the_city(cast):
    reply = send("Bonjour", sender="06 39 98 99 99")
    message = Message.objects.get()
    assert (message.recipient, message.organisation, message.beneficiary) == ("+33639989999", cast.mairie, None)
    assert reply.organisation is None


def test_the_same_delivery_has_one_effect(cast):
    replies = [send("STOP", provider_id="SM1") for _time in range(3)]
    assert len({reply.pk for reply in replies}) == Reply.objects.count() == 1
    assert said_since() == ["stopped"]


def test_stop_is_said_once_and_calls_back_what_waits(cast):
    waiting, to_call = planned(cast), planned(cast, occasion="reply:2", medium=Medium.CALL_LIST)
    other = planned(cast, occasion="reply:3", recipient="+33639980002", beneficiary=cast.hassan)
    assert not send("stop").needs_somebody
    send("STOP !")
    assert Line.objects.get(recipient=LUCETTE).refuses_since == NOW
    assert [last_state(one) for one in (waiting, to_call, other)] == ["skipped", "waiting", "waiting"]
    assert said_since() == ["stopped"]
    assert Message.objects.get(kind="stopped").attempts.get().state == AttemptState.WAITING


@pytest.mark.parametrize("body", ["AIDE", "1", "Allô ?"])
def test_after_stop_no_answer_goes(cast, body):
    send("STOP")
    send(body)
    unsent = Attempt.objects.exclude(message__kind=MessageKind.STOPPED)
    assert {attempt.state for attempt in unsent} == {AttemptState.SKIPPED}


def test_start_undoes_stop_for_what_is_still_to_come(cast):
    tomorrow, past = planned(cast, due_at=at(9, days=1)), planned(cast, due_at=at(8), occasion="reply:2")
    send("STOP")
    during = planned(cast, due_at=at(10, days=1), state=AttemptState.SKIPPED, occasion="reply:3")
    send("START")
    assert Line.objects.get().refuses_since is None
    assert [last_state(one) for one in (tomorrow, past, during)] == ["waiting", "skipped", "waiting"]
    assert said_since() == ["stopped", "started"]


def test_help_says_how_to_reply(cast):
    assert not send("Aide ?").needs_somebody
    assert said_since() == ["help"]


def test_a_lone_digit_outside_the_open_question_asks_back(cast):
    read(planned(cast, asks="coming"))
    assert [send(body).needs_somebody for body in ("3", "5")] == [False, False]
    assert said_since() == ["help", "help"]


def test_a_question_that_never_left_or_is_over_is_not_answered(cast):
    planned(cast, asks="coming")
    planned(cast, asks="coming", occasion="reply:2", state=AttemptState.FAILED)
    read(planned(cast, asks="coming", occasion="reply:3", closed_at=NOW))
    read(planned(cast, asks="coming", occasion="reply:4", voided_at=NOW))
    read(planned(cast, asks="coming", occasion="reply:5", due_at=at(8, days=-2)))
    assert send("1").needs_somebody


def test_where_nobody_answers_for_the_occasion_any_more_somebody_looks(cast):
    read(planned(cast, asks="coming", occasion="reply:1"))
    assert send("oui").needs_somebody
    assert said_since() == ["too_late"]


def test_what_a_database_cannot_hold_is_left_out(cast):
    assert send("Bon\x00jour" + "!" * 5000).body.startswith("Bonjour!")


def test_an_answer_is_in_the_language_of_what_was_said_before(cast):
    read(planned(cast, language="en"))
    send("HELP")
    assert Message.objects.get(kind="help").language == "en"


def test_a_key_pressed_in_a_call_is_answered_by_the_call(cast):
    reply = send("7", medium=Medium.VOICE)
    assert reply.needs_somebody
    assert said_since() == []


def test_a_reply_is_handled_once(cast):
    reply = send("Allô")
    assert mark_handled(reply=reply, by=cast.claire)
    assert not mark_handled(reply=reply, by=cast.amina)
    reply.refresh_from_db()
    assert (reply.handled_by, reply.meaning) == (cast.claire, Meaning.OTHER)


def test_a_family_is_asked_which_without_a_choice_where_three_are_meant(cast):
    for number in range(3):
        person = Beneficiary.objects.create(first_name=f"Enfant {number}", phone_typed="06 39 98 00 01")
        read(planned(cast, asks="coming", occasion=f"reply:{number}", beneficiary=person))
    assert send("2").needs_somebody
    which = Message.objects.get(kind="which")
    assert which.asks == ""
