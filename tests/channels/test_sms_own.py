"""What somebody booked, by text: said again, changed, cancelled."""

import pytest
from django.utils import timezone

from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots, slot_from_token
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.messaging.enums import MessageKind
from tests.cast import at
from tests.channels.texts import LUCETTE, booked_for, kinds, say, write
from tests.workshops.conftest import open_workshop
from workshops.enums import RegistrationStatus
from workshops.services import register

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast", "now")]


@pytest.fixture
def slots(cast):
    """The first free times, whatever they are for."""
    return first_slots(Need(reason=cast.any_need), limit=20)


def test_one_s_own_is_said_again_without_a_name(cast, slots):
    booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(11)))
    (answer,) = say("RDV", LUCETTE)
    assert answer == (
        "Toulouse Aide Num: RDV mar. 1er déc. à 11h, médiathèque Empalot. "
        "Répondez CHANGER ou ANNULER, ou 05 36 49 00 00"
    )
    other = next(slot for slot in slots if slot.starts_at == at(14, days=1))
    booked_for(cast, cast.lucette, other)
    (both,) = say("rdv", LUCETTE)
    assert "1er déc. 11h" in both
    assert "2 déc. 14h" in both
    assert "Lucette" not in both


def test_changing_proposes_two_other_times_and_moves(cast, slots):
    appointment = booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(11)))
    (offer,) = write("CHANGER", LUCETTE)
    assert offer.kind == MessageKind.TIMES
    assert [message.kind for message in write("3", LUCETTE)][:1] == [MessageKind.MOVED]
    appointment.refresh_from_db()
    assert appointment.engagement.starts_at != at(11)
    assert Appointment.objects.count() == 1


def test_other_times_begin_now_not_on_the_appointment_s_own_day(cast, slots):
    in_a_week = next(slot for slot in slots if slot.starts_at == at(11, days=7))
    booked_for(cast, cast.lucette, in_a_week)
    (offer,) = write("CHANGER", LUCETTE)
    proposed = [slot_from_token(option["slot"]) for option in offer.options]
    (soonest,) = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True), limit=1)
    assert soonest.starts_at < in_a_week.starts_at
    assert proposed[0] == soonest
    assert {slot.site for slot in proposed} == {cast.empalot}, "its own place before any other"


def test_what_is_proposed_to_change_is_of_two_days(cast, slots):
    """Two hours of one morning are hardly a choice, nor are the next two."""
    booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(11, days=7)))
    for word in ("CHANGER", "AUTRE"):
        (offer,) = write(word, LUCETTE)
        proposed = [slot_from_token(option["slot"]) for option in offer.options]
        assert len({timezone.localdate(slot.starts_at) for slot in proposed}) == 2
        assert {slot.site for slot in proposed} == {cast.empalot}


def test_others_follow_what_was_proposed_to_change(cast, slots):
    appointment = booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(11)))
    (offer,) = write("CHANGER", LUCETTE)
    (more,) = write("AUTRE", LUCETTE)
    proposed = {option["slot"] for message in (offer, more) for option in message.options}
    assert len(proposed) == 4
    write("4", LUCETTE)
    appointment.refresh_from_db()
    assert appointment.starts_at == slot_from_token(more.options[1]["slot"]).starts_at


def test_of_two_appointments_the_date_tells_which_one_changes(cast, slots):
    for hour, days in ((11, 0), (14, 1)):
        booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(hour, days=days)))
    (which,) = write("changer", LUCETTE)
    assert which.kind == MessageKind.WHICH
    assert kinds("4", LUCETTE) == [MessageKind.TIMES]
    write("3", LUCETTE)
    assert Appointment.objects.filter(engagement__starts_at=at(11)).exists()
    assert not Appointment.objects.filter(engagement__starts_at=at(14, days=1)).exists()


def test_nothing_changes_where_others_come_or_nothing_is_booked(cast, slots):
    assert kinds("CHANGER", LUCETTE) == [MessageKind.REFUSED]
    later = next(slot for slot in slots if slot.starts_at == at(11))
    book(slot=later, people=[cast.lucette, cast.hassan], by=Actor.at_desk(cast.claire))
    (refused,) = write("CHANGER", LUCETTE)
    assert "autres personnes" in refused.body


def test_cancelling_needs_no_message_of_ours(cast, slots):
    """Booked long ago, or told by letter: no question is open, the number has it all the same."""
    appointment = booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(11)))
    assert kinds("ANNULER", LUCETTE) == [MessageKind.EXCUSED]
    appointment.refresh_from_db()
    assert appointment.is_cancelled


def test_of_two_that_nobody_asked_about_the_date_tells_which_is_cancelled(cast, slots):
    for hour, days in ((11, 0), (14, 1)):
        booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(hour, days=days)))
    assert kinds("annuler", LUCETTE) == [MessageKind.WHICH]
    write("4", LUCETTE)
    assert [one.starts_at for one in Appointment.objects.upcoming()] == [at(11)]


@pytest.fixture
def three(cast, slots):
    """Three appointments, the most that one person may have by default."""
    for hour, days in ((11, 0), (14, 1), (11, 7)):
        booked_for(cast, cast.lucette, next(slot for slot in slots if slot.starts_at == at(hour, days=days)))


@pytest.mark.usefixtures("three")
def test_of_three_each_is_told():
    both, third = say("RDV", LUCETTE)
    assert "1er déc. 11h" in both
    assert "8 déc. à 11h" in third


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(("keys", "left"), [(["3"], [1, 2]), (["4"], [0, 2]), (["AUTRE", "4"], [0, 1])])
def test_of_three_any_can_be_cancelled(keys, left):
    (which,) = write("ANNULER", LUCETTE)
    assert which.kind == MessageKind.WHICH_MORE
    assert "Répondez 3 pour mar. 1er déc. 11h, 4 pour mer. 2 déc. 14h, AUTRE pour une autre" in which.body
    for key in keys:
        write(key, LUCETTE)
    starts = [at(11), at(14, days=1), at(11, days=7)]
    assert sorted(one.starts_at for one in Appointment.objects.upcoming()) == [starts[index] for index in left]


@pytest.mark.usefixtures("three")
def test_of_three_any_can_be_changed():
    assert kinds("CHANGER", LUCETTE) == [MessageKind.WHICH_MORE]
    (others,) = write("AUTRE", LUCETTE)
    assert "3 pour mar. 1er déc. 11h, 4 pour mar. 8 déc. 11h" in others.body
    (again,) = write("AUTRE", LUCETTE)
    assert "4 pour mer. 2 déc. 14h" in again.body
    write("AUTRE", LUCETTE)
    assert kinds("4", LUCETTE) == [MessageKind.TIMES]
    write("3", LUCETTE)
    assert not Appointment.objects.filter(engagement__starts_at=at(11, days=7)).exists()


def test_three_that_were_confirmed_by_text_are_told_apart_too(settings):
    settings.SMS_FROM, settings.SMS_GATEWAYS = "+33536490000", ("twilio",)
    for wish in ("RDV 31400", "RDV 31400", "RDV 31400"):
        write(wish)
        write("3")
    assert Appointment.objects.upcoming().count() == 3
    assert kinds("ANNULER") == [MessageKind.WHICH_MORE]
    write("3")
    assert Appointment.objects.upcoming().count() == 2


def test_a_seat_in_a_workshop_is_said_and_cancelled_but_not_changed(cast):
    by = Actor.at_desk(cast.claire)
    seat = register(workshop=open_workshop(cast, by), beneficiary=cast.lucette, by=by, wait_if_full=False)
    assert "médiathèque Empalot" in say("RDV", LUCETTE)[0]
    (refused,) = write("CHANGER", LUCETTE)
    assert "se change au téléphone" in refused.body
    assert kinds("ANNULER", LUCETTE) == [MessageKind.EXCUSED]
    seat.refresh_from_db()
    assert seat.status == RegistrationStatus.CANCELLED


def test_a_family_at_one_number_cancels_for_all_of_it_and_for_nobody_else(cast, slots):
    slot = next(slot for slot in slots if slot.starts_at == at(11))
    both = book(slot=slot, people=[cast.lucette, cast.hassan], by=Actor.at_desk(cast.claire))
    write("ANNULER", LUCETTE)
    both.refresh_from_db()
    assert not both.is_cancelled
