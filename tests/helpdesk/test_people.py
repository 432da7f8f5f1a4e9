"""Several people in one appointment, added and taken out afterwards."""

import pytest
from django.core.exceptions import ValidationError

from directory.enums import Reminders
from directory.models import Beneficiary, BeneficiaryLink
from helpdesk import services
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import at
from tests.helpdesk.steps import slot_at

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def desk(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def booked(cast, desk) -> Appointment:
    """Lucette, next Tuesday at 9:30; of reminders, her organisation sends the eve's."""
    cast.mairie.reminders = Reminders.EVE
    cast.mairie.save()
    return services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.lucette], by=desk)


def told(person: Beneficiary) -> list[tuple[str, bool]]:
    """Return what somebody is told, and whether it was called back."""
    rows = Message.objects.filter(beneficiary=person).order_by("pk")
    return [(one.kind, one.voided_at is not None) for one in rows]


def test_somebody_added_is_linked_and_told_and_the_others_hear_nothing(cast, desk, booked):
    services.add_person(appointment=booked, beneficiary=cast.hassan, by=desk)
    assert BeneficiaryLink.objects.filter(beneficiary=cast.hassan, organisation=cast.mairie).exists()
    both = [(MessageKind.BOOKED, False), (MessageKind.REMINDER, False)]
    assert told(cast.hassan) == told(cast.lucette) == both
    with pytest.raises(ValidationError, match="déjà dans le rendez-vous"):
        services.add_person(appointment=booked, beneficiary=cast.hassan, by=desk)


def test_somebody_expected_elsewhere_then_is_not_added(cast, desk, booked):
    there = Slot(at(9, 30, days=7), at(10, days=7), cast.paul_mediator, cast.bellefontaine, cast.admin_help)
    paul = Actor.at_desk(cast.paul)
    services.book(slot=there, people=[cast.hassan], by=paul, override_reason="À sa demande")
    with pytest.raises(ValidationError, match="Hassan Idrissi a déjà un rendez-vous"):
        services.add_person(appointment=booked, beneficiary=cast.hassan, by=desk)


def test_somebody_taken_out_is_told_and_reminded_of_nothing(cast, desk, booked):
    added = services.add_person(appointment=booked, beneficiary=cast.hassan, by=desk)
    services.remove_person(attendee=added, by=desk)
    assert (MessageKind.REMINDER, True) in told(cast.hassan)
    assert (MessageKind.EXCUSED, False) in told(cast.hassan)
    assert (MessageKind.REMINDER, False) in told(cast.lucette)
    services.add_person(appointment=booked, beneficiary=cast.hassan, by=desk)
    assert told(cast.hassan)[-2:] == [(MessageKind.BOOKED, False), (MessageKind.REMINDER, False)]


def test_a_number_that_somebody_else_of_the_appointment_shares_is_told_nothing(cast, desk, booked):
    son = Beneficiary.objects.create(first_name="Marcel", phone_typed=cast.lucette.phone_typed)
    added = services.add_person(appointment=booked, beneficiary=son, by=desk)
    services.remove_person(attendee=added, by=desk)
    assert not Message.objects.filter(kind=MessageKind.EXCUSED).exists()
    assert (MessageKind.REMINDER, False) in told(cast.lucette)


def test_the_last_person_and_those_who_came_stay(cast, desk, booked, now):
    with pytest.raises(ValidationError, match="annulez plutôt"):
        services.remove_person(attendee=booked.attendees.get(), by=desk)
    added = services.add_person(appointment=booked, beneficiary=cast.hassan, by=desk)
    now.move_to(at(9, 40, days=7))
    services.mark_arrived(attendee=added, by=desk)
    with pytest.raises(ValidationError, match="est venue"):
        services.remove_person(attendee=added, by=desk)
