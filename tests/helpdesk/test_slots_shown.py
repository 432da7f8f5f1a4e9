"""A time that was shown stays bookable while it is free, though the steps have moved."""

import datetime as dt

import pytest

from directory.enums import EngagementKind
from directory.models import Engagement
from helpdesk.models import Absence
from helpdesk.selectors import Need, Slot, first_slots, is_offered
from sites.models import Closure
from tests.cast import PARIS, TODAY, at

pytestmark = pytest.mark.usefixtures("now")

WEEK = dt.timedelta(weeks=1)
EMPALOT = (43.5790, 1.4430)
BELLEFONTAINE = (43.5640, 1.3990)


def walls(slots) -> list[str]:
    return [slot.starts_at.astimezone(PARIS).strftime("%H:%M") for slot in slots]


def days(slots) -> list[str]:
    return [f"{slot.starts_at.astimezone(PARIS):%m-%d}" for slot in slots]


def take(mediator, start, end, **how) -> Engagement:
    return Engagement.objects.create(
        mediator=mediator, starts_at=start, ends_at=end, kind=EngagementKind.APPOINTMENT, **how
    )


def change(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save()


def slot_of(cast, start: dt.datetime) -> Slot:
    end = start + dt.timedelta(minutes=cast.admin_help.duration_minutes)
    return Slot(start, end, cast.amina_mediator, cast.empalot, cast.admin_help)


@pytest.mark.parametrize(
    ("hour", "minute", "accepted"),
    [
        (9, 45, True),
        (10, 15, True),
        (9, 35, True),
        # Somebody else has 9:00 to 9:30, and 11:00 to 11:30.
        (9, 25, False),
        (9, 0, False),
        (10, 35, False),
        (10, 30, True),
        # The period ends at noon.
        (11, 30, True),
        (11, 35, False),
        (8, 55, False),
        (12, 0, False),
        (9, 37, False),
        (10, 7, False),
    ],
)
def test_a_time_off_the_steps_is_had_where_it_is_wholly_free(cast, now, hour, minute, accepted):
    now.move_to(at(8))
    for start in (at(9), at(11)):
        take(cast.amina_mediator, start, start + dt.timedelta(minutes=30))
    assert is_offered(slot_of(cast, at(hour, minute))) is accepted
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY))) == ["09:30", "10:00", "10:30", "11:30"]


def test_a_time_on_the_steps_is_had_at_any_minute(cast):
    change(cast.opening, start_time=dt.time(9, 7))
    assert is_offered(slot_of(cast, at(9, 37)))
    assert not is_offered(slot_of(cast, at(9, 38)))


def test_a_time_off_the_steps_is_held_to_every_rule(cast):
    quarter = slot_of(cast, at(10, 15))
    assert is_offered(quarter)
    pause = take(cast.amina_mediator, at(9, 30), at(10), buffer_minutes=20)
    assert not is_offered(quarter), "a pause"
    change(pause, buffer_minutes=0, latitude=BELLEFONTAINE[0], longitude=BELLEFONTAINE[1])
    assert not is_offered(quarter), "the way from another place"
    pause.delete()
    absence = Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(10, 30), ends_at=at(11))
    assert not is_offered(quarter), "an absence"
    absence.delete()
    closure = Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY)
    assert not is_offered(quarter), "a closure"
    closure.delete()
    assert is_offered(quarter)
    assert not is_offered(slot_of(cast, at(10, 15, days=7 * 14))), "beyond what may be booked"
    assert not is_offered(slot_of(cast, at(8, 45))), "gone by"


def test_residents_keep_notice_and_window_off_the_steps(cast):
    change(cast.admin_help, notice_hours=1, window_days=7)
    tries = {(10, 15, 0): True, (9, 45, 0): False, (10, 15, 7): True, (10, 15, 14): False}
    for (hour, minute, later), had in tries.items():
        slot = slot_of(cast, at(hour, minute, days=later))
        assert is_offered(slot, for_self_service=True) is had
        assert is_offered(slot)


def test_whether_a_time_is_had_costs_the_same_on_the_steps_and_off_them(cast, django_assert_num_queries):
    for start in (at(10), at(10, 15)):
        with django_assert_num_queries(4):
            assert is_offered(slot_of(cast, start))
