"""Booking, cancelling, moving and what is said about it."""

import datetime as dt
import secrets

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.enums import EngagementKind
from directory.models import Beneficiary, BeneficiaryLink, Engagement
from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment
from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.services import SlotTaken
from mediation.accounts.actor import Actor, Door
from mediation.messaging.enums import REMINDERS, MessageKind
from mediation.messaging.models import Message
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")
RESIDENT = Actor(door=Door.WEB)


def slot_at(cast, start: dt.datetime, reason=None) -> Slot:
    reason = reason or cast.admin_help
    end = start + dt.timedelta(minutes=reason.duration_minutes)
    return Slot(start, end, cast.amina_mediator, cast.empalot, reason)


@pytest.fixture
def desk(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def booked(cast, desk) -> Appointment:
    """Lucette, next Tuesday at 9:30."""
    return services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.lucette], by=desk)


def said(appointment: Appointment, *, voided: bool = False) -> set[tuple[str, int]]:
    """Return the (kind, version) of the messages that still mean something, or of those called back."""
    rows = Message.objects.about(f"appointment:{appointment.uid}").filter(voided_at__isnull=not voided)
    return set(rows.values_list("kind", "version"))


def test_a_booking_takes_the_time_links_the_person_and_plans_its_messages(cast, desk):
    paul = first_slots(Need(reason=cast.admin_help, mediator=cast.paul_mediator, first_day=TODAY + dt.timedelta(5)))[0]
    appointment = services.book(slot=paul, people=[cast.lucette], by=desk, note="Vient avec sa fille")
    assert appointment.engagement.mediator == cast.paul_mediator
    assert appointment.engagement.starts_at == at(14, days=8)
    assert appointment.booked_for == cast.mairie
    assert appointment.booked_by == cast.claire
    assert appointment.booked_through == Door.DESK
    assert BeneficiaryLink.objects.filter(beneficiary=cast.lucette, organisation=cast.partner).exists()
    assert said(appointment) == {(kind, 1) for kind in (MessageKind.BOOKED, *REMINDERS)}
    next_week = Need(reason=cast.admin_help, mediator=cast.paul_mediator, first_day=TODAY + dt.timedelta(5))
    assert first_slots(next_week, limit=1)[0].starts_at == at(14, 30, days=8)


def test_a_couple_is_one_appointment_of_two_people(cast, desk):
    marcel = Beneficiary.objects.create(first_name="Marcel", phone_typed=cast.lucette.phone_typed)
    appointment = services.book(slot=slot_at(cast, at(9, days=7)), people=[cast.lucette, marcel], by=desk)
    assert appointment.attendees.count() == 2
    # They share one number: it rings once.
    assert Message.objects.filter(kind=MessageKind.BOOKED).count() == 1


def test_the_second_to_ask_gets_the_next_slots(cast, desk):
    services.book(slot=slot_at(cast, at(9)), people=[cast.lucette], by=desk)
    with pytest.raises(SlotTaken, match="vient d’être pris") as taken:
        services.book(slot=slot_at(cast, at(9)), people=[cast.hassan], by=desk)
    assert [slot.starts_at for slot in taken.value.next_slots] == [at(9, 30), at(10), at(10, 30)]
    assert Appointment.objects.count() == 1


def test_the_next_slots_are_elsewhere_where_the_place_has_no_more(cast):
    cast.opening.last_day = TODAY
    cast.opening.start_time, cast.opening.end_time = dt.time(11, 30), dt.time(12)
    cast.opening.save()
    services.book(slot=slot_at(cast, at(11, 30)), people=[cast.lucette], by=RESIDENT)
    with pytest.raises(SlotTaken) as taken:
        services.book(slot=slot_at(cast, at(11, 30)), people=[cast.hassan], by=RESIDENT)
    assert {slot.site for slot in taken.value.next_slots} == {cast.bellefontaine}


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (at(8), "passé"),
        (at(9, days=98), "90 jours"),
        (at(9, 7), "vient d’être pris"),
        (at(14), "vient d’être pris"),
        (at(9, days=1), "vient d’être pris"),
    ],
)
def test_a_time_that_is_not_offered_is_refused_in_plain_words(cast, desk, start, words):
    with pytest.raises(ValidationError, match=words):
        services.book(slot=slot_at(cast, start), people=[cast.lucette], by=desk)
    assert not Engagement.objects.exists()


def test_a_reason_is_booked_by_those_who_may(cast):
    wanted = slot_at(cast, at(9), cast.desk_only)
    for by in (RESIDENT, Actor.at_desk(cast.paul)):
        with pytest.raises(ValidationError, match="ne peut pas être réservé ici"):
            services.book(slot=wanted, people=[cast.lucette], by=by)
    assert services.book(slot=wanted, people=[cast.lucette], by=Actor.at_desk(cast.claire))


def test_somebody_must_come_and_only_once(cast, desk):
    with pytest.raises(ValidationError, match="pour qui"):
        services.book(slot=slot_at(cast, at(9)), people=[], by=desk)
    with pytest.raises(ValidationError, match="deux fois"):
        services.book(slot=slot_at(cast, at(9)), people=[cast.lucette, cast.lucette], by=desk)


@pytest.mark.parametrize(
    ("asked_by_person", "status", "kind"),
    [(True, AttendeeStatus.EXCUSED, MessageKind.EXCUSED), (False, AttendeeStatus.REVOKED, MessageKind.CANCELLED)],
)
def test_cancelling_gives_the_time_back_and_says_so(cast, desk, booked, asked_by_person, status, kind):
    cancelled = services.cancel(appointment=booked, by=desk, asked_by_person=asked_by_person)
    assert cancelled.engagement.is_released
    assert cancelled.version == 2
    assert [attendee.status for attendee in cancelled.attendees.all()] == [status]
    assert said(booked) == {(kind, 2)}
    assert (MessageKind.REMINDER, 1) in said(booked, voided=True)
    with pytest.raises(ValidationError, match="déjà annulé"):
        services.cancel(appointment=booked, by=desk, asked_by_person=True)
    assert services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.hassan], by=desk)


@pytest.mark.parametrize(
    ("hour", "asked_by_person", "due_at"),
    [
        (at(10), False, at(10)),
        (at(22), False, at(8, days=1)),
        (at(22), True, at(22)),
        (at(5, days=7), False, at(5, days=7)),
    ],
)
def test_nobody_is_woken_by_a_cancellation_they_did_not_ask_for(desk, booked, now, hour, asked_by_person, due_at):
    now.move_to(hour)
    services.cancel(appointment=booked, by=desk, asked_by_person=asked_by_person)
    assert Message.objects.get(version=2).due_at == due_at


def test_a_cancellation_can_be_undone_while_the_time_is_free(cast, desk, booked):
    services.cancel(appointment=booked, by=desk, asked_by_person=True)
    restored = services.reinstate(appointment=booked, by=desk)
    assert not restored.engagement.is_released
    assert [attendee.status for attendee in restored.attendees.all()] == [AttendeeStatus.UNKNOWN]
    assert said(booked) >= {(MessageKind.BOOKED, 3), (MessageKind.REMINDER, 3)}
    services.cancel(appointment=booked, by=desk, asked_by_person=True)
    services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.hassan], by=desk)
    with pytest.raises(SlotTaken) as taken:
        services.reinstate(appointment=booked, by=desk)
    assert len(taken.value.next_slots) == 3
    booked.refresh_from_db()
    assert booked.engagement.is_released


def test_moving_keeps_the_reference_and_tells_the_new_time(cast, desk, booked):
    moved = services.move(appointment=booked, slot=slot_at(cast, at(10, days=7)), by=desk)
    assert (moved.reference, moved.version) == (booked.reference, 2)
    assert moved.engagement.starts_at == at(10, days=7)
    assert {(MessageKind.MOVED, 2), (MessageKind.REMINDER, 2)} <= said(booked)
    assert (MessageKind.REMINDER, 1) in said(booked, voided=True)
    reminder = Message.objects.get(kind=MessageKind.REMINDER, version=2)
    assert "10h" in reminder.body
    # Half an hour later overlaps its own old time, which does not stand in the way.
    assert services.move(appointment=booked, slot=slot_at(cast, at(9, 30, days=7)), by=desk)


@pytest.mark.parametrize(
    ("was", "moved_at", "becomes", "door", "due_at"),
    [
        (at(9, 30, days=7), at(10), at(10, days=7), Door.DESK, at(10)),
        (at(9, 30, days=7), at(19, 59), at(10, days=7), Door.DESK, at(19, 59)),
        # At night the service waits for the morning, the person gets the answer to what they have just asked.
        (at(9, 30, days=7), at(22), at(10, days=7), Door.DESK, at(8, days=1)),
        (at(9, 30, days=7), at(6), at(10, days=7), Door.DESK, at(8)),
        (at(9, 30, days=7), at(22), at(10, days=7), Door.WEB, at(22)),
        # Not on a Sunday either.
        (at(9, 30, days=14), at(22, days=4), at(10, days=14), Door.DESK, at(8, days=6)),
        (at(9, 30, days=14), at(11, days=5), at(10, days=14), Door.WEB, at(11, days=5)),
        # What concerns today, or early tomorrow, is known before anybody leaves: for the old time or for the new one.
        (at(9, 30, days=7), at(5, days=7), at(11, days=7), Door.DESK, at(5, days=7)),
        (at(9, 30, days=7), at(22, days=6), at(9, days=14), Door.DESK, at(22, days=6)),
        (at(9, 30, days=14), at(22, days=6), at(9, days=7), Door.DESK, at(22, days=6)),
        (at(11, days=7), at(22, days=6), at(9, days=14), Door.DESK, at(8, days=7)),
    ],
)
def test_a_new_time_is_told_at_polite_hours_and_in_time(cast, now, was, moved_at, becomes, door, due_at):
    claire = Actor.at_desk(cast.claire)
    appointment = services.book(slot=slot_at(cast, was), people=[cast.lucette], by=claire)
    now.move_to(moved_at)
    by = claire if door == Door.DESK else Actor(door=door)
    services.move(appointment=appointment, slot=slot_at(cast, becomes), by=by)
    assert Message.objects.get(version=2, kind=MessageKind.MOVED).due_at == due_at


def test_a_new_time_told_the_day_before_needs_no_reminder(cast, desk, booked, now):
    now.move_to(at(22, days=5))
    services.move(appointment=booked, slot=slot_at(cast, at(8, days=7)), by=desk, override_reason="À sa demande")
    assert said(booked) == {(MessageKind.MOVED, 2)}


@pytest.mark.parametrize("hour", [at(10), at(22)])
def test_a_booking_is_confirmed_at_once(cast, now, hour):
    now.move_to(hour)
    services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.lucette], by=RESIDENT)
    assert Message.objects.get(kind=MessageKind.BOOKED).due_at == hour


def test_a_reinstated_appointment_is_told_at_polite_hours(desk, booked, now):
    services.cancel(appointment=booked, by=desk, asked_by_person=False)
    now.move_to(at(22))
    services.reinstate(appointment=booked, by=desk)
    assert Message.objects.get(version=3, kind=MessageKind.BOOKED).due_at == at(8, days=1)


def test_an_appointment_does_not_move_onto_another(cast, desk, booked):
    services.book(slot=slot_at(cast, at(10, days=7)), people=[cast.hassan], by=desk)
    with pytest.raises(SlotTaken):
        services.move(appointment=booked, slot=slot_at(cast, at(10, days=7)), by=desk)
    booked.refresh_from_db()
    assert booked.engagement.starts_at == at(9, 30, days=7)
    assert booked.version == 1


def test_the_past_is_not_cancelled_but_told(cast, desk, booked, now):
    now.move_to(at(10, 30, days=7))
    with pytest.raises(ValidationError, match="passé"):
        services.cancel(appointment=booked, by=desk, asked_by_person=True)


def test_found_by_reference_with_the_code_or_the_end_of_the_number(cast, booked):
    spaced = " ".join(booked.reference[i : i + 2] for i in range(0, 8, 2))
    assert services.find_by_reference(spaced, booked.code) == booked
    for number in ("00 01", "06 39 98 00 01", "06.39.98.00.01", "+33 6 39 98 00 01", "0033639980001"):
        assert services.find_by_reference(booked.reference, number) == booked, number
    assert services.find_by_reference(booked.reference, "06 39 98 10 01") is None
    wrong = f"{(int(booked.code) + 1) % 10000:04}"
    assert services.find_by_reference(booked.reference, wrong if wrong != "0001" else "9999") is None
    for reference, secret in (("", ""), (booked.reference, ""), ("00000000", booked.code), ("x" * 500, "é")):
        assert services.find_by_reference(reference, secret) is None


def test_the_database_has_the_last_word(cast, booked):
    engagement = booked.engagement
    with pytest.raises(IntegrityError), transaction.atomic():
        Engagement.objects.create(
            mediator=engagement.mediator,
            starts_at=engagement.starts_at,
            ends_at=engagement.ends_at,
            kind=EngagementKind.HOLD,
        )


def test_a_reference_that_is_taken_is_drawn_again(cast, desk, booked, monkeypatch):
    drawn = iter([int(booked.reference), 12345678])
    draw = secrets.randbelow
    monkeypatch.setattr("secrets.randbelow", lambda below: next(drawn) if below == 10**8 else draw(below))
    another = services.book(slot=slot_at(cast, at(10, days=7)), people=[cast.hassan], by=desk)
    assert another.reference == "12345678"
    assert {message.words["reference"] for message in Message.objects.filter(beneficiary=cast.hassan)} == {"12345678"}
    assert Engagement.objects.count() == 2


def test_who_moves_somebody_to_a_partner_keeps_seeing_where_they_went(cast):
    alone = services.book(slot=slot_at(cast, at(9, 30, days=7)), people=[cast.lucette], by=RESIDENT)
    paul = first_slots(Need(reason=cast.admin_help, mediator=cast.paul_mediator))[0]
    services.move(appointment=alone, slot=paul, by=Actor.at_desk(cast.claire))
    assert Appointment.objects.visible_to(cast.claire).filter(pk=alone.pk).exists()


def test_a_social_security_number_is_refused_in_the_note(cast, desk):
    with pytest.raises(ValidationError, match="sécurité sociale"):
        services.book(slot=slot_at(cast, at(9, days=7)), people=[cast.lucette], by=desk, note="2 48 05 31 555 123 45")
    assert not Appointment.objects.exists()
