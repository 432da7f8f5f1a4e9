"""A reply that the operator delivers to several processes at once, and one that crosses what the front desk does."""

import datetime as dt
import os
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.utils import timezone

from directory.models import Engagement
from helpdesk import services
from helpdesk.models import Appointment, AppointmentChange, Attendee, Hold
from helpdesk.selectors import Need, Slot, first_slots
from mediation.accounts.actor import Actor
from mediation.activity.models import Activity
from mediation.messaging.models import Message, Reply
from mediation.territory.selectors import is_public_holiday
from tests.cast import Cast, at
from tests.concurrency.writers import all_at_once
from tests.messaging.phone import read, send

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

DELIVERIES = 4
MARKS = 3
REPEATS = 20 if os.environ.get("FULL") else 4


@pytest.fixture
def slots(cast: Cast) -> list[Slot]:
    """Two times of Amina's, by the real clock."""
    day = timezone.localdate() + dt.timedelta(days=2)
    while is_public_holiday(day):
        day += dt.timedelta(days=1)
    cast.opening.first_day, cast.opening.start_time, cast.opening.end_time = day, dt.time(9), dt.time(18)
    cast.opening.save()
    return first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=2)


@pytest.fixture
def desk(cast: Cast) -> Actor:
    return Actor.at_desk(cast.claire)


def booked(cast: Cast, slot: Slot, desk: Actor) -> Appointment:
    appointment = services.book(slot=slot, people=[cast.lucette], by=desk)
    read()
    return appointment


def clear() -> None:
    for model in (Reply, Hold, AppointmentChange, Message, Appointment, Engagement, Activity):
        model.objects.all().delete()


@pytest.mark.parametrize(
    ("body", "kind"), [("1", "confirmed"), ("2", "excused"), ("STOP", "stopped"), ("?", "not_understood")]
)
def test_one_delivery_of_many_has_an_effect(cast, slots, desk, body, kind):
    for repeat in range(REPEATS):
        booked(cast, slots[0], desk)
        replies = all_at_once([lambda key=f"same-{repeat}": send(body, provider_id=key)] * DELIVERIES)
        assert {type(reply) for reply in replies} == {Reply}, replies
        assert len({reply.pk for reply in replies}) == Reply.objects.count() == 1
        assert Message.objects.filter(kind=kind).count() == 1
        assert AppointmentChange.objects.count() == (1 if body == "2" else 0)
        clear()
        if body == "STOP":
            send("START")
            clear()


def test_a_reply_against_a_move_one_wins_and_the_other_is_told(cast, slots, desk):
    """Whoever cancels by reply means the time they know: never the new one that the desk has just given."""
    ways = set()
    for _repeat in range(REPEATS):
        appointment = booked(cast, slots[0], desk)

        def move(appointment: Appointment = appointment) -> object:
            return services.move(appointment=appointment, slot=slots[1], by=desk)

        outcomes = all_at_once([move, lambda: send("2")])
        moved = next((one for one in outcomes if not isinstance(one, Reply)), None)
        reply = Reply.objects.get()
        appointment.refresh_from_db()
        if isinstance(moved, ValidationError):
            assert appointment.is_cancelled, outcomes
            assert not reply.needs_somebody
        else:
            assert isinstance(moved, Appointment), outcomes
            assert appointment.starts_at == slots[1].starts_at
            assert not appointment.is_cancelled
            assert reply.needs_somebody
        ways.add(type(moved))
        clear()
    assert ways <= {Appointment, ValidationError}


def test_yes_and_no_sent_together_are_answered_one_after_the_other(cast, slots, desk):
    for _repeat in range(REPEATS):
        appointment = booked(cast, slots[0], desk)
        outcomes = all_at_once([lambda: send("1"), lambda: send("2")])
        assert {type(one) for one in outcomes} == {Reply}, outcomes
        appointment.refresh_from_db()
        # "1" after "2" answers nothing that has arrived yet: somebody sees it.
        assert appointment.is_cancelled
        clear()


def report(*, attendee: Attendee, by: Actor) -> object:
    return services.report(appointment=attendee.appointment, by=by)


@pytest.mark.parametrize("mark", [services.mark_arrived, services.mark_seen, services.mark_no_show, report])
def test_a_reply_against_a_mark_neither_waits_for_ever(cast, now, desk, mark: Callable[..., object]):
    """Both lock the person and the appointment; a reply lost in a deadlock is lost for good."""
    now.move_to(at(8))
    slot = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=1)[0]
    for _repeat in range(REPEATS):
        appointment = booked(cast, slot, desk)
        attendee = appointment.attendees.get()
        outcomes = all_at_once([lambda: send("2"), *[lambda one=attendee: mark(attendee=one, by=desk)] * MARKS])
        assert len(outcomes) == MARKS + 1
        assert not [one for one in outcomes if isinstance(one, DatabaseError)]
        appointment.refresh_from_db()
        assert appointment.is_cancelled != Reply.objects.get().needs_somebody
        clear()
