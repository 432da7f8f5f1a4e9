"""The invitation that goes with an e-mail: what calendars understand, and nothing that they should not know."""

import email
import email.policy

import pytest
from django.core import mail
from icalendar import Calendar

from helpdesk.services import book, cancel, move
from mediation.accounts.actor import Actor
from mediation.messaging import delivery
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import at
from tests.helpdesk.steps import slot_at
from tests.workshops.conftest import open_workshop
from workshops.services import cancel_workshop, move_workshop, register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture(autouse=True)
def by_email(cast, settings):
    settings.DEFAULT_FROM_EMAIL = "Ville <rendez-vous@ville.example.org>"
    cast.lucette.phone_typed, cast.lucette.email = "", "lucette@example.org"
    cast.lucette.save()


def sent() -> list[email.message.EmailMessage]:
    """Return what a mailbox receives, oldest first, as bytes parsed again."""
    delivery.deliver_due()
    return [email.message_from_bytes(one.message().as_bytes(), policy=email.policy.default) for one in mail.outbox]


def invitation(received) -> tuple[str, Calendar]:
    """Return the method of the MIME part and the calendar in it."""
    assert received.get_content_type() == "multipart/alternative"
    text, part = received.iter_parts()
    assert text.get_content_type() == "text/plain"
    assert (part.get_content_type(), part.get_content_charset()) == ("text/calendar", "utf-8")
    return part.get_param("method"), Calendar.from_ical(part.get_content())


def test_booking_moving_and_cancelling_follow_each_other_in_a_calendar(cast):
    by = Actor.at_desk(cast.claire)
    appointment = book(slot=slot_at(cast, at(11, days=7)), people=[cast.lucette], by=by)
    appointment = move(appointment=appointment, slot=slot_at(cast, at(11, 30, days=7)), by=by)
    # What was not sent yet is called back: the person reads the last word only.
    (moved,) = sent()
    cancel(appointment=appointment, by=by, asked_by_person=True)
    answers = [invitation(one) for one in (moved, sent()[1])]
    assert [method for method, _calendar in answers] == ["REQUEST", "CANCEL"]
    events = []
    for method, calendar in answers:
        assert calendar["METHOD"] == method
        assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/Paris"]
        events.extend(calendar.walk("VEVENT"))
    first, last = events
    assert first["UID"] == last["UID"]
    assert last["SEQUENCE"] > first["SEQUENCE"] > 1
    assert (first["STATUS"], last["STATUS"]) == ("CONFIRMED", "CANCELLED")
    assert first.decoded("DTSTART") == at(11, 30, days=7)
    assert first["ORGANIZER"] == "mailto:rendez-vous@ville.example.org"
    assert first["ATTENDEE"] == "mailto:lucette@example.org"
    assert "40 avenue Jean Moulin" in first["LOCATION"]


def test_an_invitation_names_neither_the_person_nor_the_need(cast):
    book(slot=slot_at(cast, at(11, days=7)), people=[cast.lucette], by=Actor.at_desk(cast.claire))
    text = Message.objects.get(kind=MessageKind.BOOKED).calendar
    for hidden in ("Lucette", "Fabré", cast.admin_help.label, "démarche"):
        assert hidden not in text


def test_a_text_message_and_a_reminder_carry_no_invitation(cast):
    cast.hassan.email = "hassan@example.org"
    cast.hassan.save()
    book(slot=slot_at(cast, at(11, days=7)), people=[cast.lucette, cast.hassan], by=Actor.at_desk(cast.claire))
    carried = {(one.recipient, one.kind) for one in Message.objects.exclude(calendar="")}
    assert carried == {("lucette@example.org", MessageKind.BOOKED)}


def test_a_workshop_is_invited_to_moved_and_called_off(cast):
    by = Actor.at_desk(cast.amina)
    workshop = open_workshop(cast, by)
    register(workshop=workshop, beneficiary=cast.lucette, by=by)
    sent()
    workshop = move_workshop(workshop=workshop, by=by, starts_at=at(14, days=9), ends_at=at(16, days=9))
    sent()
    cancel_workshop(workshop=workshop, by=by)
    answers = [invitation(one) for one in sent()]
    assert [method for method, _calendar in answers] == ["REQUEST", "REQUEST", "CANCEL"]
    events = [calendar.walk("VEVENT")[0] for _method, calendar in answers]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == sorted({event["SEQUENCE"] for event in events})
    assert events[1].decoded("DTSTART") == at(14, days=9)
    assert all(workshop.title not in calendar.to_ical().decode() for _method, calendar in answers)


def test_who_waits_for_a_seat_is_not_invited_yet(cast):
    by = Actor.at_desk(cast.amina)
    workshop = open_workshop(cast, by, capacity=1)
    register(workshop=workshop, beneficiary=cast.hassan, by=by)
    register(workshop=workshop, beneficiary=cast.lucette, by=by)
    assert Message.objects.get(kind=MessageKind.WAITING).calendar == ""
    cancel_workshop(workshop=workshop, by=by)
    assert Message.objects.get(kind=MessageKind.CANCELLED, recipient="lucette@example.org").calendar == ""
