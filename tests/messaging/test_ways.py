"""How people are reached, and how a message is said by another way."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.enums import Channel
from directory.models import Beneficiary
from mediation.accounts.actor import Actor
from mediation.messaging import services
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Line
from mediation.messaging.selectors import way_to_reach, ways_to_reach
from mediation.messaging.wording import Words
from tests.cast import NOW, at

pytestmark = pytest.mark.django_db

MOBILE, AT_HOME, EMAIL, HOME = "06 39 98 00 10", "05 36 49 00 10", "e@example.org", "1 rue de la Paix\n31000 Toulouse"
MOBILE_E164, AT_HOME_E164, LETTER_TO = "+33639980010", "+33536490010", "1 rue de la Paix, 31000 Toulouse"


def person(*, phone="", email="", address="", wish=""):
    return Beneficiary.objects.create(
        last_name="Essai", phone_typed=phone, email=email, postal_address=address, preferred_channel=wish
    )


@pytest.fixture
def machine(settings):
    """A city whose messages can be read out by a machine."""
    settings.VOICE_GATEWAYS = ("file",)


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"phone": MOBILE}, (Medium.SMS, MOBILE_E164)),
        ({"phone": MOBILE, "email": EMAIL}, (Medium.SMS, MOBILE_E164)),
        ({"phone": AT_HOME}, (Medium.VOICE, AT_HOME_E164)),
        ({"phone": AT_HOME, "email": EMAIL}, (Medium.VOICE, AT_HOME_E164)),
        ({"phone": AT_HOME, "wish": Channel.PERSON}, (Medium.CALL_LIST, AT_HOME_E164)),
        ({"phone": MOBILE, "wish": Channel.VOICE}, (Medium.VOICE, MOBILE_E164)),
        ({"phone": MOBILE, "wish": Channel.PERSON}, (Medium.CALL_LIST, MOBILE_E164)),
        ({"phone": MOBILE, "email": EMAIL, "wish": Channel.EMAIL}, (Medium.EMAIL, EMAIL)),
        ({"phone": MOBILE, "wish": Channel.EMAIL}, (Medium.SMS, MOBILE_E164)),
        ({"email": EMAIL}, (Medium.EMAIL, EMAIL)),
        ({"email": EMAIL, "address": HOME}, (Medium.EMAIL, EMAIL)),
        ({"address": HOME}, (Medium.LETTER, LETTER_TO)),
        ({"phone": MOBILE, "address": HOME, "wish": Channel.LETTER}, (Medium.LETTER, LETTER_TO)),
        ({"phone": MOBILE, "wish": Channel.LETTER}, (Medium.VOICE, MOBILE_E164)),
    ],
)
def test_the_channel_fits_the_line_and_the_wish(cast, machine, fields, way):
    found = way_to_reach(person(**fields))
    assert (found.medium, found.recipient, found.refusal) == (*way, "")


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"phone": AT_HOME}, (Medium.CALL_LIST, AT_HOME_E164)),
        ({"phone": AT_HOME, "email": EMAIL}, (Medium.EMAIL, EMAIL)),
        ({"phone": MOBILE, "wish": Channel.VOICE}, (Medium.CALL_LIST, MOBILE_E164)),
    ],
)
def test_where_no_machine_calls_somebody_does(cast, fields, way):
    found = way_to_reach(person(**fields))
    assert (found.medium, found.recipient) == way


def test_a_number_that_proved_to_be_no_mobile_is_called(cast, machine):
    Line.objects.create(recipient=MOBILE_E164, no_sms_since=NOW)
    assert way_to_reach(person(phone=MOBILE)).medium == Medium.VOICE


def test_a_number_that_does_not_exist_leaves_the_e_mail(cast, machine):
    Line.objects.create(recipient=MOBILE_E164, is_wrong_since=NOW)
    assert way_to_reach(person(phone=MOBILE, email=EMAIL)).medium == Medium.EMAIL
    # Somebody must look at it where there is nothing else.
    assert way_to_reach(person(phone=MOBILE)).medium == Medium.CALL_LIST


def test_a_refusal_wins_over_machines_not_over_somebody_who_speaks(cast, machine):
    Line.objects.create(recipient=MOBILE_E164, refuses_since=NOW)
    assert way_to_reach(person(phone=MOBILE)).refusal
    assert not way_to_reach(person(phone=MOBILE, wish=Channel.PERSON)).refusal


def test_who_wants_nothing_gets_nothing(cast, machine):
    assert way_to_reach(person(phone=MOBILE, wish=Channel.NONE)).refusal
    assert way_to_reach(person()).refusal


def test_many_people_cost_one_query(cast, machine, django_assert_num_queries):
    people = [person(phone=MOBILE, email=f"{number}@example.org") for number in range(20)]
    with django_assert_num_queries(1):
        assert len(ways_to_reach(people)) == 20


def plan(cast, who, *, days=8, kind=MessageKind.BOOKED):
    starts_at = at(14, 30, days=days)
    return services.plan(
        kind=kind,
        occasion="appointment:1",
        version=1,
        beneficiary=who,
        organisation=cast.mairie,
        words=Words(starts_at=starts_at, place="médiathèque Empalot", reference="48210733"),
        due_at=NOW,
        useless_after=starts_at,
    )


def test_a_letter_that_would_come_too_late_becomes_a_call(cast, now):
    who = person(phone=AT_HOME, address=HOME, wish=Channel.LETTER)
    assert plan(cast, who, days=2).medium == Medium.CALL_LIST
    assert plan(cast, who, days=8, kind=MessageKind.MOVED).medium == Medium.LETTER


def test_a_message_is_said_by_another_way_in_its_words(cast, now, claire):
    message = plan(cast, person(phone=MOBILE, email=EMAIL))
    attempt = services.change_way(message=message, medium=Medium.EMAIL, by=claire)
    assert (attempt.number, attempt.medium, attempt.said_to) == (2, Medium.EMAIL, EMAIL)
    assert "Vous avez rendez-vous" in attempt.said
    assert message.attempts.get(number=1).state == AttemptState.SKIPPED


def test_a_call_by_the_machine_waits_for_an_hour_when_it_may_ring(cast, now, claire, machine):
    attempt = services.change_way(message=plan(cast, person(phone=MOBILE)), medium=Medium.VOICE, by=claire)
    assert attempt.not_before == at(10)


@pytest.mark.parametrize("state", [AttemptState.SENDING, AttemptState.ACCEPTED, AttemptState.SENT])
def test_what_an_operator_has_in_its_hands_is_not_said_twice(cast, now, claire, state):
    message = plan(cast, person(phone=MOBILE, email=EMAIL))
    message.attempts.update(state=state)
    with pytest.raises(ValidationError, match="a encore ce message"):
        services.change_way(message=message, medium=Medium.EMAIL, by=claire)
    assert Attempt.objects.count() == 1


@pytest.mark.parametrize("state", [AttemptState.FAILED, AttemptState.UNDELIVERED, AttemptState.UNKNOWN])
def test_what_failed_or_got_lost_can_be_said_again(cast, now, claire, state):
    message = plan(cast, person(phone=MOBILE, email=EMAIL))
    message.attempts.update(state=state)
    assert services.change_way(message=message, medium=Medium.CALL_LIST, by=claire).said_to == MOBILE_E164


def test_nothing_is_said_by_a_way_that_the_person_has_not_nor_too_late(cast, now, claire):
    message = plan(cast, person(phone=MOBILE))
    with pytest.raises(ValidationError, match="n’a pas donné"):
        services.change_way(message=message, medium=Medium.EMAIL, by=claire)
    message.useless_after = NOW - dt.timedelta(minutes=1)
    message.save()
    with pytest.raises(ValidationError, match="plus d’objet"):
        services.change_way(message=message, medium=Medium.CALL_LIST, by=claire)


@pytest.fixture
def claire(cast):
    return Actor.at_desk(cast.claire)
