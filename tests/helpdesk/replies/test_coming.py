"""Yes and no to an appointment: done for all of that number, as at every other door, and said back once."""

import pytest

from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Hold
from mediation.accounts.actor import Door
from mediation.messaging.models import Message
from tests.cast import NOW, at
from tests.helpdesk.replies.steps import WEEK, now_is, somebody, to_be_sent
from tests.helpdesk.steps import slot_at
from tests.messaging.phone import read, said_since, send


def test_yes_confirms_and_is_said_back_once(cast, asked):
    reply = send("Oui, merci !")
    attendee = asked.attendees.get()
    assert (attendee.confirmed_at, attendee.state_label) == (NOW, "A confirmé")
    assert to_be_sent() == ["confirmed"]
    assert (reply.needs_somebody, reply.organisation) == (False, cast.mairie)
    assert reply.outcome.startswith("A confirmé")
    send("1")
    assert said_since() == ["confirmed"]


def test_no_cancels_keeps_the_time_and_says_until_when(asked):
    send("2")
    hold = Hold.objects.get()
    assert (hold.cancelled, hold.until) == (asked, at(18))
    assert now_is(asked).is_cancelled
    assert to_be_sent() == ["excused"]
    assert Message.objects.get(kind="excused").words["answer_before"] == at(18).isoformat()
    change = asked.changes.get()
    assert (change.kind, change.door, change.by_user) == ("excused", Door.SMS, None)


def test_a_mistake_is_undone(asked):
    send("2")
    read()
    send("1")
    assert not now_is(asked).is_cancelled
    assert asked.attendees.get().status == AttendeeStatus.UNKNOWN
    assert not Hold.objects.exists()
    assert to_be_sent() == ["booked"]


def test_after_yes_one_may_still_cancel(asked):
    send("1")
    read()
    send("annuler")
    assert now_is(asked).is_cancelled
    assert asked.attendees.get().confirmed_at is None


@pytest.mark.parametrize(
    ("hour", "until"), [(at(16, 59), at(18)), (at(17, 30), at(10, days=1)), (at(22), at(10, days=1))]
)
def test_the_time_is_kept_until_an_hour_at_which_somebody_answers(asked, now, hour, until):
    now.move_to(hour)
    send("2")
    assert Hold.objects.get().until == until


def test_so_near_to_the_appointment_nothing_is_kept(cast, by, now):
    near = services.book(slot=slot_at(cast, at(10)), people=[cast.lucette], by=by)
    read()
    send("2")
    assert now_is(near).is_cancelled
    assert not Hold.objects.exists()
    # Nothing was proposed that a reply could take.
    read()
    assert send("1").needs_somebody


def test_no_after_the_beginning_asks_nothing_open(cast, asked, now):
    now.move_to(at(9, 31, days=WEEK))
    assert send("2").needs_somebody
    assert not now_is(asked).is_cancelled
    assert said_since() == ["not_understood"]


def test_what_the_desk_cancelled_meanwhile_is_not_undone_by_yes(asked, by):
    services.cancel(appointment=asked, by=by, asked_by_person=False)
    assert send("1").needs_somebody
    assert now_is(asked).is_cancelled


def test_a_couple_with_one_number_answers_for_both(cast, by):
    couple = services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette, somebody()], by=by)
    read()
    send("1")
    assert [one.confirmed_at for one in couple.attendees.all()] == [NOW, NOW]
    read()
    send("2")
    assert now_is(couple).is_cancelled
    assert to_be_sent() == ["excused"]


def test_others_with_another_number_keep_their_appointment(cast, by):
    both = services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette, cast.hassan], by=by)
    read()
    send("2")
    assert [one.beneficiary for one in both.attendees.all()] == [cast.hassan]
    assert not now_is(both).is_cancelled
    assert to_be_sent() == ["excused"]
    assert to_be_sent("+33639980002") == []


def test_a_family_with_two_appointments_is_asked_which_and_chooses_by_its_date(cast, by, asked):
    child = services.book(slot=slot_at(cast, at(11, days=2 * WEEK)), people=[somebody(name="Léo")], by=by)
    read()
    reply = send("2")
    assert not reply.needs_somebody
    assert to_be_sent() == ["which"]
    read()
    # The latest question stands first: 4 is the other.
    send("4")
    assert (now_is(asked).is_cancelled, now_is(child).is_cancelled) == (True, False)
    assert to_be_sent() == ["excused"]


def test_the_same_person_answers_the_last_question(cast, by, asked, now):
    later = services.book(slot=slot_at(cast, at(11, days=2 * WEEK)), people=[cast.lucette], by=by)
    read()
    assert "which" not in said_since()
    # The eve of the first: its reminder is what she holds in her hand.
    now.move_to(at(12, days=WEEK - 1))
    read()
    send("2")
    assert (now_is(asked).is_cancelled, now_is(later).is_cancelled) == (True, False)


def test_two_that_were_booked_together_are_not_told_apart_by_guessing(cast, by, asked):
    services.book(slot=slot_at(cast, at(11, days=2 * WEEK)), people=[cast.lucette], by=by)
    read()
    send("2")
    assert said_since() == ["which"]
