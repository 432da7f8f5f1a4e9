"""What holds for every booking: once per form, nobody at two places, few alone, overridden with a reason."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from directory.models import Beneficiary, Engagement
from helpdesk import services
from helpdesk.enums import Mode, WhoBooks
from helpdesk.models import Appointment, Reason
from helpdesk.selectors import Slot
from helpdesk.services import BookedAlready
from mediation.accounts.actor import Actor, Door
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")
RESIDENT = Actor(door=Door.WEB)


def slot_at(cast, start: dt.datetime, mediator=None, site=None) -> Slot:
    end = start + dt.timedelta(minutes=30)
    return Slot(start, end, mediator or cast.amina_mediator, site or cast.empalot, cast.admin_help)


@pytest.fixture
def desk(cast) -> Actor:
    return Actor.at_desk(cast.claire)


def book(cast, start: dt.datetime, *people: Beneficiary, by: Actor | None = None, **more) -> Appointment:
    by = by or Actor.at_desk(cast.claire)
    return services.book(slot=slot_at(cast, start), people=people or [cast.lucette], by=by, **more)


# --- The same form twice ------------------------------------------------------------------------------------------


def test_a_form_sent_twice_books_once(cast):
    key = uuid.uuid4()
    first = book(cast, at(10), request_key=key)
    assert book(cast, at(10), request_key=key) == first
    assert Appointment.objects.count() == 1
    assert book(cast, at(10, 30), request_key=uuid.uuid4()) != first


def test_a_form_that_booked_already_books_nothing_else(cast):
    key = uuid.uuid4()
    first = book(cast, at(10), request_key=key)
    for start, person in ((at(10, 30), cast.lucette), (at(10), cast.hassan)):
        with pytest.raises(BookedAlready, match="déjà servi") as refusal:
            book(cast, start, person, request_key=key)
        assert refusal.value.appointment == first
    assert Appointment.objects.count() == 1


# --- One person, one place at a time ------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(cast) -> Slot:
    """Paul receives at 9:15 as well next Tuesday, at Bellefontaine."""
    cast.partner_opening.first_day = TODAY
    cast.partner_opening.start_time, cast.partner_opening.end_time = dt.time(9, 15), dt.time(12)
    cast.partner_opening.save()
    return slot_at(cast, at(9, 15, days=7), cast.paul_mediator, cast.bellefontaine)


def test_nobody_is_expected_at_two_places(cast, desk, elsewhere):
    book(cast, at(9, days=7))
    with pytest.raises(ValidationError, match=r"Lucette Fabré a déjà un rendez-vous mar\. 8 déc\., 9") as refusal:
        services.book(slot=elsewhere, people=[cast.lucette], by=desk)
    assert refusal.value.code == "person_taken"
    assert not Engagement.objects.filter(mediator=cast.paul_mediator).exists()
    assert services.book(slot=elsewhere, people=[cast.hassan], by=desk)


def test_whoever_types_a_name_is_told_neither_that_we_know_the_person_nor_when_they_are_expected(
    cast, elsewhere, settings
):
    book(cast, at(9, days=7))
    with pytest.raises(ValidationError) as expected_then:
        services.book(slot=elsewhere, people=[cast.lucette], by=RESIDENT)
    settings.BOOKINGS_PER_PERSON = 0
    with pytest.raises(ValidationError) as too_many:
        services.book(slot=elsewhere, people=[cast.hassan], by=RESIDENT)
    assert expected_then.value.messages == too_many.value.messages
    assert "déjà" not in str(too_many.value.messages)


def test_what_is_moved_or_reinstated_overlaps_nothing_else_of_the_person(cast, desk, elsewhere):
    first = book(cast, at(9, days=7))
    services.cancel(appointment=first, by=desk, asked_by_person=True)
    later = book(cast, at(11, days=7))
    services.book(slot=elsewhere, people=[cast.lucette], by=desk)
    with pytest.raises(ValidationError, match="a déjà un rendez-vous"):
        services.reinstate(appointment=first, by=desk)
    with pytest.raises(ValidationError, match="a déjà un rendez-vous"):
        services.move(appointment=later, slot=slot_at(cast, at(9, 30, days=7)), by=desk)
    assert services.move(appointment=later, slot=slot_at(cast, at(10, days=7)), by=desk).starts_at == at(10, days=7)


# --- Alone: few, in time, near enough -----------------------------------------------------------------------------


def test_residents_alone_hold_few_appointments_agents_as_many_as_needed(cast, settings):
    settings.BOOKINGS_PER_PERSON = 2
    for start in (at(10), at(10, 30)):
        book(cast, start, by=RESIDENT)
    with pytest.raises(ValidationError, match="Nous ne pouvons pas prendre ce rendez-vous ici"):
        book(cast, at(11), by=RESIDENT)
    son = Beneficiary.objects.create(first_name="Marcel", phone_typed=cast.lucette.phone_typed)
    with pytest.raises(ValidationError, match="appelez-nous"):
        book(cast, at(11), son, by=RESIDENT)
    assert book(cast, at(11))
    assert book(cast, at(11, 30), cast.hassan, by=RESIDENT)


def test_what_others_booked_for_a_shared_number_is_not_counted(cast, settings):
    settings.BOOKINGS_PER_PERSON = 1
    book(cast, at(10))
    assert book(cast, at(10, 30), by=RESIDENT)


def test_alone_neither_too_late_nor_too_early(cast):
    cast.admin_help.notice_hours, cast.admin_help.window_days = 2, 5
    cast.admin_help.save()
    with pytest.raises(ValidationError, match="trop tard"):
        book(cast, at(10), by=RESIDENT)
    with pytest.raises(ValidationError, match="au plus 5 jours"):
        book(cast, at(9, days=7), by=RESIDENT)
    assert book(cast, at(10))
    assert book(cast, at(9, days=7), cast.hassan)


@pytest.mark.parametrize("door", [Door.WEB, Door.VOICE, Door.SMS, Door.KIOSK])
def test_alone_nothing_moves_once_it_is_near_whatever_the_door(cast, now, door):
    cast.admin_help.notice_hours = 2
    cast.admin_help.save()
    booked, later = book(cast, at(11)), slot_at(cast, at(11, days=7))
    now.move_to(at(9, 1))
    with pytest.raises(ValidationError, match="trop proche") as refusal:
        services.move(appointment=booked, slot=later, by=Actor(door=door))
    assert refusal.value.code == "too_near"
    now.move_to(at(11, 10))
    with pytest.raises(ValidationError, match="passé"):
        services.move(appointment=booked, slot=later, by=Actor(door=door))
    now.move_to(at(9))
    assert services.move(appointment=booked, slot=later, by=Actor(door=door)).starts_at == at(11, days=7)


def test_agents_move_what_is_near(cast, desk, now):
    cast.admin_help.notice_hours = 24
    cast.admin_help.save()
    moved = services.move(appointment=book(cast, at(10)), slot=slot_at(cast, at(11)), by=desk)
    assert moved.starts_at == at(11)


@pytest.mark.parametrize("change", [{"who_books": WhoBooks.DESK}, {"is_active": False}])
def test_alone_moves_what_alone_may_be_booked(cast, change):
    booked = book(cast, at(11))
    Reason.objects.filter(pk=cast.admin_help.pk).update(**change)
    other = replace(slot_at(cast, at(11, days=7)), reason=cast.any_need)
    with pytest.raises(ValidationError, match="au téléphone"):
        services.move(appointment=booked, slot=other, by=RESIDENT)


def test_alone_a_visit_at_home_and_another_reason_are_not_moved(cast, desk):
    booked = book(cast, at(11))
    other = replace(slot_at(cast, at(11, days=7)), reason=cast.any_need)
    with pytest.raises(ValidationError, match="dans la liste"):
        services.move(appointment=booked, slot=other, by=RESIDENT)
    Appointment.objects.update(mode=Mode.HOME)
    with pytest.raises(ValidationError, match="au téléphone"):
        services.move(appointment=booked, slot=slot_at(cast, at(11, days=7)), by=RESIDENT)
    assert services.move(appointment=booked, slot=other, by=desk)


# --- Where and how ------------------------------------------------------------------------------------------------


def test_the_time_says_where_the_mediator_is_and_keeps_the_pause(cast, desk):
    cast.admin_help.buffer_minutes, cast.admin_help.modes = 10, [Mode.SITE, Mode.HOME]
    cast.admin_help.save()
    here = book(cast, at(9)).engagement
    assert (here.buffer_minutes, here.latitude, here.longitude) == (10, 43.5790, 1.4430)
    at_home = book(cast, at(11, days=7), cast.hassan, mode=Mode.HOME, override_reason="Ne sort plus").engagement
    assert (at_home.latitude, at_home.longitude) == (None, None)


def test_a_mode_that_the_reason_does_not_offer_is_refused_and_a_link_is_for_remote(cast):
    with pytest.raises(ValidationError, match="ne se fait pas ainsi"):
        book(cast, at(9), mode=Mode.PHONE)
    with pytest.raises(ValidationError, match="à distance"):
        book(cast, at(9), remote_link="https://visio.example.org/1")
    cast.admin_help.modes = [Mode.REMOTE]
    cast.admin_help.save()
    booked = book(cast, at(9), remote_link="https://visio.example.org/1")
    assert (booked.mode, booked.remote_link) == (Mode.REMOTE, "https://visio.example.org/1")
    with pytest.raises(ValidationError, match="URL"):
        book(cast, at(10), cast.hassan, remote_link="visio")
