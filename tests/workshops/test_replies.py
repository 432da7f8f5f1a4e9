"""Replies about workshops: come, do not come, take the seat that was freed."""

import pytest

from directory.enums import Reminders
from directory.models import Beneficiary, Organisation
from mediation.messaging.models import Message
from tests.cast import at
from tests.messaging.phone import read, said_since, send
from tests.workshops.conftest import enrol, state
from workshops import services
from workshops.enums import RegistrationStatus
from workshops.models import Registration

FIRST, THIRD = "+33639980101", "+33639980103"


@pytest.fixture(autouse=True)
def one_reminder(cast):
    """Of reminders, the eve's is enough here."""
    Organisation.objects.update(reminders=Reminders.EVE)


@pytest.fixture
def enrolled(workshop, people, by) -> list[Registration]:
    """Two with a seat, the third waits; they have read what they were told."""
    registrations = enrol(workshop, people[:3], by)
    read()
    return registrations


def test_yes_confirms(enrolled):
    reply = send("1", sender=FIRST)
    registration = Registration.objects.get(pk=enrolled[0].pk)
    assert registration.state_label == "A confirmé"
    assert reply.outcome.startswith("A confirmé l’atelier")
    send("oui", sender=FIRST)
    assert said_since(FIRST) == ["confirmed"]


def test_no_gives_the_seat_to_the_next_who_takes_it_by_reply(enrolled):
    send("2", sender=FIRST)
    assert said_since(FIRST) == ["excused"]
    assert state(enrolled[2]) == RegistrationStatus.OFFERED
    read()
    send("1", sender=THIRD)
    assert state(enrolled[2]) == RegistrationStatus.REGISTERED
    # No time limit was said: to come back one calls.
    assert send("1", sender=FIRST).needs_somebody


def test_who_declines_a_seat_leaves_the_list(enrolled):
    send("2", sender=FIRST)
    read()
    send("Non", sender=THIRD)
    assert state(enrolled[2]) == RegistrationStatus.CANCELLED


def test_a_seat_that_is_no_longer_kept_is_said_to_be(enrolled, now):
    send("2", sender=FIRST)
    read()
    Message.objects.filter(kind="seat_offered").update(useless_after=at(13, days=3))
    Registration.objects.filter(pk=enrolled[2].pk).update(
        status=RegistrationStatus.CANCELLED, seat=None, offered_until=None
    )
    assert send("1", sender=THIRD).needs_somebody
    assert said_since(THIRD)[-1] == "too_late"


def test_a_couple_in_one_workshop_answers_for_both(workshop, people, by):
    partner = Beneficiary.objects.create(first_name="René", phone_typed="06 39 98 01 01")
    both = enrol(workshop, [people[0], partner], by)
    read()
    send("2", sender=FIRST)
    assert [state(one) for one in both] == [RegistrationStatus.CANCELLED] * 2


def test_a_new_time_forgets_who_had_confirmed_the_old_one(workshop, enrolled, by):
    send("1", sender=FIRST)
    services.move_workshop(workshop=workshop, starts_at=at(10, days=3), ends_at=at(12, days=3), by=by)
    assert Registration.objects.get(pk=enrolled[0].pk).confirmed_at is None


def test_who_waits_and_says_yes_to_a_new_time_still_waits(workshop, enrolled, by):
    services.move_workshop(workshop=workshop, starts_at=at(10, days=3), ends_at=at(12, days=3), by=by)
    read()
    assert send("1", sender=THIRD).outcome == "Reste sur la liste d’attente."
    assert state(enrolled[2]) == RegistrationStatus.WAITING
