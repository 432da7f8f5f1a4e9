"""What the ledger of messages is told of appointments, offers and requests: which state stands."""

import pytest

from directory.enums import Reminders
from directory.models import Organisation
from helpdesk import services
from helpdesk.enums import Cause
from helpdesk.models import Attendee, EarlierOffer
from mediation.accounts.actor import Actor
from mediation.messaging.models import Message
from mediation.messaging.occasions import OCCASIONS
from tests.cast import at
from tests.helpdesk.steps import slot_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def by(cast):
    return Actor.at_desk(cast.claire)


@pytest.fixture(autouse=True)
def one_reminder(cast):
    """Of reminders, the eve's is enough here."""
    Organisation.objects.update(reminders=Reminders.EVE)


def stands(message: Message) -> bool:
    """Say what delivery asks before a message leaves."""
    occasion, uid = OCCASIONS.of(message.occasion)
    return occasion.versions([uid]).get(uid) == message.version


def said(*kinds: str):
    return [stands(message) for message in Message.objects.filter(kind__in=kinds).order_by("pk")]


def test_what_an_appointment_says_stands_until_it_moves(cast, now, booked, by):
    assert said("booked") == [True]
    services.move(appointment=booked, slot=slot_at(cast, at(11)), by=by)
    assert (said("booked"), said("moved")) == ([False], [True])


def test_a_cancellation_is_a_state_of_its_own(cast, now, booked, by):
    services.cancel(appointment=booked, by=by, asked_by_person=True)
    assert (said("booked"), said("excused")) == ([False], [True])


def test_nothing_stands_of_what_is_over(cast, now, booked):
    now.move_to(at(10))
    assert said("booked") == [False]


def test_the_others_reminder_stands_when_somebody_is_added_and_taken_out(cast, now, at_partner, by):
    before = said("booked", "reminder", "early_reminder")
    services.add_person(appointment=at_partner, beneficiary=cast.hassan, by=by)
    services.remove_person(attendee=Attendee.objects.get(beneficiary=cast.hassan), by=by)
    lucette = Message.objects.filter(recipient="+33639980001").order_by("pk")
    assert [stands(message) for message in lucette] == before
    assert all(before)


def test_an_offer_stands_while_its_time_is_kept(cast, now, by):
    early, late = (
        services.book(slot=slot_at(cast, at(9, days=days)), people=[person], by=by)
        for days, person in ((7, cast.lucette), (14, cast.hassan))
    )
    services.wish_earlier(appointment=late, by=by)
    services.cancel(appointment=early, by=by, asked_by_person=True)
    # The appointment it is offered for changes meanwhile, and is later still: the offer stands.
    services.move(appointment=late, slot=slot_at(cast, at(10, days=14)), by=by)
    assert said("earlier_offered") == [True]
    services.answer_offer(offer=EarlierOffer.objects.get(), accepted=True, by=by)
    assert said("earlier_offered") == [False]


def test_a_request_stands_until_it_is_closed(cast, now, by):
    request = services.ask_for_help(beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=by)
    assert said("acknowledged") == [True]
    services.close_request(request=request, outcome="withdrawn", by=by)
    assert said("acknowledged") == [False]
