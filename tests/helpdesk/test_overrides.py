"""A time that is not offered, booked in spite of a warning with a reason kept; and what is written of each change."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.models import Beneficiary
from helpdesk import services
from helpdesk.enums import ChangeKind
from helpdesk.models import Absence, Appointment, AppointmentChange
from helpdesk.selectors import Slot
from helpdesk.selectors.warnings import warnings_for
from helpdesk.services import SlotTaken
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


# --- In spite of a warning ----------------------------------------------------------------------------------------


def test_a_time_that_is_not_offered_is_booked_with_a_reason_that_is_kept(cast, desk):
    afternoon = slot_at(cast, at(14))
    assert [one.code for one in warnings_for(afternoon)] == ["outside_opening"]
    with pytest.raises(SlotTaken):
        services.book(slot=afternoon, people=[cast.lucette], by=desk)
    booked = services.book(slot=afternoon, people=[cast.lucette], by=desk, override_reason="Ne peut venir que là")
    assert booked.override_reason == "Ne peut venir que là"
    moved = services.move(appointment=booked, slot=slot_at(cast, at(10)), by=desk, override_reason="Sans objet")
    assert moved.override_reason == ""
    again = services.move(appointment=booked, slot=afternoon, by=desk, override_reason="À sa demande")
    assert Appointment.objects.get(pk=again.pk).override_reason == "À sa demande"


@pytest.mark.parametrize(("hour", "minute"), [(6, 59), (20, 31), (23, 45), (3, 0)])
def test_no_reason_books_at_night(cast, desk, hour, minute):
    with pytest.raises(ValidationError, match="commence et finit entre 7"):
        book(cast, at(hour, minute, days=7), override_reason="À sa demande")
    by_day = book(cast, at(14), override_reason="À sa demande")
    with pytest.raises(ValidationError, match="commence et finit"):
        services.move(
            appointment=by_day, slot=slot_at(cast, at(hour, minute, days=7)), by=desk, override_reason="À sa demande"
        )
    by_day.refresh_from_db()
    assert by_day.starts_at == at(14)


@pytest.mark.parametrize(("hour", "minute"), [(7, 0), (20, 30)])
def test_early_and_late_are_booked_with_a_reason(cast, hour, minute):
    assert book(cast, at(hour, minute, days=7), override_reason="À sa demande").pk


@pytest.mark.parametrize("why", ["Elle vient de loin. " * 20, "2 48 05 31 555 123 45"])
def test_a_reason_is_short_and_holds_no_number_of_the_state(cast, desk, why):
    booked = book(cast, at(10))
    with pytest.raises(ValidationError, match=r"200 caractères|sécurité sociale"):
        services.move(appointment=booked, slot=slot_at(cast, at(14)), by=desk, override_reason=why)
    booked.refresh_from_db()
    assert booked.starts_at == at(10)


def test_no_reason_books_over_somebody_else(cast, desk):
    book(cast, at(14), override_reason="Urgence")
    with pytest.raises(SlotTaken):
        book(cast, at(14, 15), cast.hassan, override_reason="Urgence")
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("name", ["paul", None])
def test_only_those_who_receive_book_in_spite_of_a_warning(cast, name):
    by = Actor.at_desk(getattr(cast, name)) if name else RESIDENT
    with pytest.raises(SlotTaken):
        services.book(slot=slot_at(cast, at(14)), people=[cast.lucette], by=by, override_reason="Je veux")


def test_warnings_say_what_stands_in_the_way(cast, desk):
    assert warnings_for(slot_at(cast, at(10))) == []
    assert [one.code for one in warnings_for(slot_at(cast, at(9)))] == ["outside_hours"]
    cast.empalot.closures.create(starts_on=TODAY, ends_on=TODAY, reason="travaux")
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(10), ends_at=at(11))
    found = warnings_for(slot_at(cast, at(10)))
    assert [one.code for one in found] == ["site_closed", "absent", "outside_hours"]
    assert "travaux" in found[0].text
    assert "holiday" in {one.code for one in warnings_for(slot_at(cast, at(10, days=24)))}


def test_too_little_time_for_the_way_is_a_warning(cast, desk):
    book(cast, at(10))
    there = Slot(at(10, 40), at(11, 10), cast.amina_mediator, cast.bellefontaine, cast.admin_help)
    assert "way" in {one.code for one in warnings_for(there)}
    mine = Appointment.objects.get().engagement
    assert "way" not in {one.code for one in warnings_for(there, ignoring=mine)}


# --- What happened ------------------------------------------------------------------------------------------------


def test_each_change_is_written_with_how_it_stood_who_did_it_and_from_where(cast, desk):
    booked = book(cast, at(10))
    services.move(appointment=booked, slot=slot_at(cast, at(11)), by=desk)
    services.cancel(appointment=booked, by=RESIDENT, asked_by_person=True)
    services.reinstate(appointment=booked, by=desk)
    changes = AppointmentChange.objects.filter(appointment=booked).order_by("pk")
    assert [(one.kind, one.was_starting_at, one.by_user, one.door) for one in changes] == [
        (ChangeKind.MOVED, at(10), cast.claire, Door.DESK),
        (ChangeKind.EXCUSED, at(11), None, Door.WEB),
        (ChangeKind.REINSTATED, at(11), cast.claire, Door.DESK),
    ]
    assert changes[0].was_at == cast.empalot
    assert changes[0].was_with == cast.amina_mediator


def test_what_was_shown_is_had_though_somebody_booked_before_it(cast):
    """A longer meeting moves the steps behind it: 10:00 is still free, and on somebody's screen."""
    cast.desk_only.duration_minutes = 45
    cast.desk_only.save()
    shown = slot_at(cast, at(10))
    first = Slot(at(9), at(9, 45), cast.amina_mediator, cast.empalot, cast.desk_only)
    services.book(slot=first, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    booked = services.book(slot=shown, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    assert booked.starts_at == at(10)
