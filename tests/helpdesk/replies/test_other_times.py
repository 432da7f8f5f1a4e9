"""Replies to times that were offered, keys pressed in a call, and STOP."""

import datetime as dt

import pytest

from directory.enums import Channel
from directory.models import Engagement
from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee, EarlierOffer, OpeningPeriod
from mediation.messaging.enums import REMINDERS, AttemptState, Medium
from mediation.messaging.models import Message
from mediation.messaging.services import said_on_the_phone
from tests.cast import at
from tests.helpdesk.replies.steps import WEEK, now_is, somebody, to_be_sent
from tests.helpdesk.steps import slot_at
from tests.messaging.phone import read, said_since, send

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
