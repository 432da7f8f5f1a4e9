"""Replies about appointments: done for all of that number, as at every other door, and said back once."""

import datetime as dt

import pytest

from directory.enums import Channel, Reminders
from directory.models import Beneficiary, Engagement, Organisation
from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee, EarlierOffer, Hold, OpeningPeriod
from mediation.accounts.actor import Actor, Door
from mediation.messaging.enums import REMINDERS, AttemptState, Medium
from mediation.messaging.models import Message
from mediation.messaging.services import said_on_the_phone
from tests.cast import NOW, at
from tests.helpdesk.steps import slot_at
from tests.messaging.phone import LUCETTE, read, said_since, send

WEEK = 7


@pytest.fixture(autouse=True)
def one_reminder(cast, now):
    """Of reminders, the eve's is enough here."""
    Organisation.objects.update(reminders=Reminders.EVE)


@pytest.fixture
def by(cast) -> Actor:
    return Actor.at_desk(cast.claire)


@pytest.fixture
def asked(cast, by) -> Appointment:
    """Lucette with Amina, next Tuesday at 9:30; she has read the confirmation."""
    appointment = services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette], by=by)
    read()
    return appointment


def somebody(number: str = "06 39 98 00 01", name: str = "René") -> Beneficiary:
    return Beneficiary.objects.create(first_name=name, phone_typed=number)


def now_is(appointment: Appointment) -> Appointment:
    return Appointment.objects.get(pk=appointment.pk)


def to_be_sent(number: str = LUCETTE) -> list[str]:
    """Return what leaves for a number now."""
    waiting = Message.objects.filter(
        recipient=number, attempts__state=AttemptState.WAITING, due_at__lte=dt.datetime.now(tz=dt.UTC)
    )
    return sorted(waiting.values_list("kind", flat=True))


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


# --- An earlier time ------------------------------------------------------------------------------------------------


@pytest.fixture
def offer(cast, by, asked, now) -> EarlierOffer:
    """Next Tuesday at 9:00, offered to Lucette."""
    first = services.book(slot=slot_at(cast, at(9, days=WEEK)), people=[cast.hassan], by=by)
    services.wish_earlier(appointment=asked, by=by)
    now.shift(dt.timedelta(minutes=1))
    services.cancel(appointment=first, by=by, asked_by_person=True)
    read()
    return EarlierOffer.objects.get()


def test_an_earlier_time_is_taken(asked, offer):
    send("1")
    assert now_is(asked).starts_at == at(9, days=WEEK)
    assert to_be_sent() == ["moved"]


def test_an_earlier_time_is_declined_and_the_appointment_stays(asked, offer):
    send("non merci")
    assert now_is(asked).starts_at == at(9, 30, days=WEEK)
    assert EarlierOffer.objects.get().state == "declined"
    assert to_be_sent() == ["confirmed"]


def test_to_cancel_means_the_appointment_not_the_offer(asked, offer):
    send("ANNULER")
    assert now_is(asked).is_cancelled


def test_an_offer_that_is_over_is_said_to_be(asked, offer, now):
    now.move_to(offer.expires_at)
    # Its question is over: what is open is whether she comes to the appointment that she has.
    send("1")
    assert now_is(asked).starts_at == at(9, 30, days=WEEK)


# --- Other times ----------------------------------------------------------------------------------------------------


@pytest.fixture
def taken(cast, by, asked, now) -> Appointment:
    """Lucette cancelled by reply; after the hour that was said, somebody else took the time."""
    send("2")
    read()
    now.move_to(at(19))
    services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.hassan], by=by)
    return asked


def test_too_late_to_undo_two_other_times_are_proposed(cast, taken):
    assert not send("1").needs_somebody
    message = Message.objects.get(kind="new_times")
    assert (message.asks, len(message.options)) == ("times", 2)
    assert to_be_sent() == ["new_times"]
    read()
    send("4")
    booked = Appointment.objects.exclude(pk=taken.pk).get(attendees__beneficiary=cast.lucette)
    assert booked.starts_at.isoformat() == dt.datetime.fromisoformat(message.words["options"][1]).isoformat()
    assert to_be_sent() == ["booked"]


def test_a_proposed_time_that_is_gone_asks_back_with_the_next_two(cast, by, taken):
    send("1")
    read()
    first = dt.datetime.fromisoformat(Message.objects.get(kind="new_times").words["options"][0])
    services.book(slot=slot_at(cast, first), people=[somebody("06 39 98 00 77")], by=by)
    send("3")
    assert [one.version for one in Message.objects.filter(kind="new_times").order_by("pk")] == [1, 2]
    read()
    assert send("3").outcome.startswith("A choisi")


def test_yes_is_no_answer_to_which_time(taken):
    send("1")
    read()
    send("1")
    assert said_since()[-1] == "help"


def test_where_nothing_else_is_free_somebody_calls(cast, taken):
    OpeningPeriod.objects.all().delete()
    assert send("1").needs_somebody
    assert said_since()[-1] == "too_late"


def test_nothing_of_a_refused_answer_stays(cast, taken):
    OpeningPeriod.objects.all().delete()
    send("1")
    assert Attendee.objects.get(appointment=taken).status == AttendeeStatus.EXCUSED
    assert Engagement.objects.standing().filter(starts_at=at(9, 30, days=WEEK)).count() == 1


@pytest.mark.parametrize(("key", "kind"), [("1", "confirmed"), ("2", "excused")])
@pytest.mark.parametrize("channel", [Channel.SMS, Channel.VOICE, Channel.PERSON])
def test_a_key_is_answered_in_the_call_and_nowhere_else(cast, by, settings, key, kind, channel):
    settings.VOICE_GATEWAYS = ("file",)
    cast.lucette.preferred_channel = channel
    cast.lucette.save()
    services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette], by=by)
    question = Message.objects.get(kind="booked")
    read(question)
    for _time in range(2):
        reply = send(key, medium=Medium.VOICE, question=question, provider_id="CA1-x")
        (said,) = said_on_the_phone(reply)
        assert "9 heures 30" in said.said
    attempt = Message.objects.get(kind=kind).attempts.get()
    assert (attempt.medium, attempt.state, attempt.said) == (Medium.VOICE, AttemptState.DELIVERED, said.said)
    assert to_be_sent() == []
    reminders = Message.objects.filter(attempts__state=AttemptState.WAITING, kind__in=REMINDERS)
    assert reminders.exists() == (key == "1")


def test_after_stop_what_is_booked_later_stays_in_words_until_start(cast, by):
    send("STOP")
    appointment = services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette], by=by)
    planned = Message.objects.filter(occasion=f"appointment:{appointment.uid}")
    reminder = planned.get(kind="reminder").attempts
    assert set(planned.values_list("attempts__state", flat=True)) == {AttemptState.SKIPPED}
    assert reminder.get().problem == "Ce numéro ne veut plus recevoir de messages."
    send("START")
    assert list(reminder.order_by("number").values_list("state", flat=True)) == ["skipped", "waiting"]
    assert planned.get(kind="booked").attempts.get().state == AttemptState.SKIPPED


@pytest.mark.parametrize("channel", [Channel.PERSON, Channel.VOICE])
def test_after_stop_who_chose_calls_by_somebody_is_still_called(cast, by, settings, channel):
    settings.VOICE_GATEWAYS = ("file",)
    cast.lucette.preferred_channel = channel
    cast.lucette.save()
    send("STOP")
    services.book(slot=slot_at(cast, at(9, 30, days=WEEK)), people=[cast.lucette], by=by)
    attempt = Message.objects.get(kind="reminder").attempts.get()
    expected = (Medium.CALL_LIST, "waiting") if channel == Channel.PERSON else (Medium.VOICE, "skipped")
    assert (attempt.medium, attempt.state) == expected
