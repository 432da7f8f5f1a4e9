"""What keeps a free hour from being offered: pauses, ways, repetition, languages, modes, notice."""

import datetime as dt

import pytest

from directory.enums import EngagementKind
from directory.models import Engagement, Mediator
from helpdesk.enums import Mode, MonthWeek, Recurrence
from helpdesk.models import Absence, OpeningPeriod
from helpdesk.selectors import Need, first_slots, is_offered, third_next_available
from helpdesk.travel import way
from mediation.territory.models import SchoolHoliday
from sites.models import Site
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


# --- Pauses -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("buffer", "expected"),
    [
        (0, ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]),
        (10, ["09:00", "09:40", "10:20", "11:00"]),
        (15, ["09:00", "09:45", "10:30", "11:15"]),
        # The pause itself may reach beyond the period.
        (60, ["09:00", "10:30"]),
    ],
)
def test_slots_leave_the_pause_of_their_reason_free(cast, buffer, expected):
    change(cast.admin_help, buffer_minutes=buffer)
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY))) == expected


def test_the_pause_of_an_engagement_is_kept_after_it(cast):
    take(cast.amina_mediator, at(9), at(9, 30), buffer_minutes=20)
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY), limit=2)) == ["09:50", "10:20"]


def test_the_pause_of_a_reason_ends_before_the_next_engagement(cast):
    change(cast.admin_help, buffer_minutes=15)
    take(cast.amina_mediator, at(9, 40), at(11, 30))
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY))) == ["11:30"]
    Engagement.objects.update(starts_at=at(9, 45))
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY))) == ["09:00", "11:30"]


# --- The way from one place to another --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("origin", "destination", "minutes"),
    [
        (EMPALOT, EMPALOT, 0),
        (EMPALOT, (43.5791, 1.4430), 0),
        (EMPALOT, None, 0),
        (None, EMPALOT, 0),
        # 1.11 km: 5.6 minutes and 10 at the doors.
        (EMPALOT, (43.5890, 1.4430), 20),
        # 3.9 km: 19.5 minutes and 10.
        (EMPALOT, BELLEFONTAINE, 30),
        (BELLEFONTAINE, EMPALOT, 30),
    ],
)
def test_the_way_takes_five_minutes_a_kilometre_and_ten_at_the_doors(origin, destination, minutes):
    assert way(origin, destination) == dt.timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("where", "expected"),
    [
        # At 10:00–10:30 elsewhere: half an hour to get there, as much to come back.
        (BELLEFONTAINE, ["09:00", "11:00", "11:30"]),
        (EMPALOT, ["09:00", "09:30", "10:30", "11:00", "11:30"]),
        ((None, None), ["09:00", "09:30", "10:30", "11:00", "11:30"]),
    ],
)
def test_nobody_is_at_two_places_without_the_way_between_them(cast, where, expected):
    take(cast.amina_mediator, at(10), at(10, 30), latitude=where[0], longitude=where[1])
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY))) == expected


def test_what_is_elsewhere_on_another_day_changes_nothing(cast):
    take(cast.amina_mediator, at(17, days=-1), at(18, days=-1), latitude=BELLEFONTAINE[0], longitude=BELLEFONTAINE[1])
    assert walls(first_slots(Need(reason=cast.admin_help, last_day=TODAY), limit=1)) == ["09:00"]


def test_the_appointment_to_move_is_in_nobodys_way(cast):
    change(cast.admin_help, buffer_minutes=10)
    mine = take(cast.amina_mediator, at(9), at(9, 30), buffer_minutes=10)
    slot = first_slots(Need(reason=cast.admin_help, last_day=TODAY), limit=1)[0]
    assert walls([slot]) == ["09:40"]
    mine.delete()
    nine = first_slots(Need(reason=cast.admin_help, last_day=TODAY), limit=1)[0]
    mine.save(force_insert=True)
    assert not is_offered(nine)
    assert is_offered(nine, ignoring=mine)


# --- When -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({}, ["12-01", "12-08", "12-15", "12-22", "12-29"]),
        ({"interval_weeks": 3}, ["12-01", "12-22", "01-12", "02-02", "02-23"]),
        ({"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.SECOND}, ["12-08", "01-12", "02-09"]),
        ({"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.LAST}, ["12-29", "01-26", "02-23"]),
        ({"recurrence": Recurrence.ONCE}, ["12-01"]),
        ({"skipped_days": ["2026-12-08"]}, ["12-01", "12-15", "12-22", "12-29", "01-05"]),
        ({"outside_school_holidays": True}, ["12-01", "12-08", "12-15", "01-05", "01-12"]),
        ({"takes_appointments": False, "takes_tickets": True}, []),
    ],
)
def test_slots_come_back_as_their_period_does(cast, how, expected):
    SchoolHoliday.objects.create(label="Noël", starts_on=dt.date(2026, 12, 19), ends_on=dt.date(2027, 1, 3))
    change(cast.opening, **how, end_time=dt.time(9, 30))
    need = Need(reason=cast.admin_help, mediator=cast.amina_mediator)
    assert days(first_slots(need, limit=5)) == expected


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"recurrence": Recurrence.ONCE}, ["12-08", "12-15", "12-22"]),
        ({"recurrence": Recurrence.WEEKLY, "interval_weeks": 2}, ["12-08", "12-22", "01-05"]),
        ({"recurrence": Recurrence.WEEKLY, "last_day": TODAY + WEEK}, ["12-15", "12-22", "12-29"]),
        ({"recurrence": Recurrence.WEEKLY, "skipped_days": ["2026-12-08"]}, ["12-08"]),
        (
            {"recurrence": Recurrence.MONTHLY, "month_week": MonthWeek.SECOND},
            ["12-01", "12-15", "12-22"],
        ),
        ({"recurrence": Recurrence.WEEKLY, "outside_school_holidays": True}, ["12-22", "12-29"]),
    ],
)
def test_an_absence_that_comes_back_takes_its_hour_each_time(cast, how, expected):
    SchoolHoliday.objects.create(label="Noël", starts_on=dt.date(2026, 12, 19), ends_on=dt.date(2027, 1, 3))
    change(cast.opening, end_time=dt.time(9, 30))
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(9), ends_at=at(10), **how)
    need = Need(reason=cast.admin_help, mediator=cast.amina_mediator)
    assert days(first_slots(need, limit=3))[: len(expected)] == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        # In the night of 29 March 2026 the clock jumps from 2:00 to 3:00; in that of 25 October 2:00 comes twice.
        (dt.date(2026, 3, 29), ["01:00", "01:30", "03:00", "03:30"]),
        (dt.date(2026, 10, 25), ["01:00", "01:30", "02:00", "02:30", "02:00", "02:30", "03:00", "03:30"]),
    ],
)
def test_no_slot_falls_in_the_hour_that_is_missing(cast, now, day, expected):
    now.move_to(dt.datetime.combine(day - WEEK, dt.time(8), tzinfo=PARIS))
    change(cast.opening, first_day=day, start_time=dt.time(1), end_time=dt.time(4))
    assert walls(first_slots(Need(reason=cast.admin_help, first_day=day, last_day=day))) == expected


@pytest.mark.parametrize("change_day", [dt.date(2026, 3, 29), dt.date(2026, 10, 25)])
def test_nine_is_nine_on_both_sides_of_a_clock_change(cast, now, change_day):
    friday = change_day - dt.timedelta(days=2)
    now.move_to(dt.datetime.combine(friday, dt.time(8), tzinfo=PARIS))
    change(cast.opening, first_day=friday - WEEK)
    found = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=7)
    assert walls(found)[::6] == ["09:00", "09:00"]
    assert days(found)[::6] == [f"{friday:%m-%d}", f"{friday + WEEK:%m-%d}"]
    offsets = {slot.starts_at.astimezone(PARIS).utcoffset() for slot in found[::6]}
    assert len(offsets) == 2


# --- For whom, and how ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("of_the_reason", "wanted", "expected"),
    [
        ([], "", {"Amina", "Paul"}),
        ([], "ar", {"Amina"}),
        ([], "uk", set()),
        (["fr", "ar"], "ar", {"Amina"}),
        (["en"], "ar", set()),
        (["en"], "en", {"Paul"}),
    ],
)
def test_a_language_is_spoken_by_the_mediator_for_that_reason(cast, of_the_reason, wanted, expected):
    change(cast.admin_help, languages=of_the_reason)
    found = first_slots(Need(reason=cast.admin_help, language=wanted), limit=20)
    assert {slot.mediator.first_name for slot in found} == expected


def test_a_mode_is_offered_where_the_reason_has_it(cast):
    change(cast.admin_help, modes=[Mode.SITE, Mode.PHONE])
    assert first_slots(Need(reason=cast.admin_help, mode=Mode.PHONE))
    assert not first_slots(Need(reason=cast.admin_help, mode=Mode.HOME))
    by_phone = first_slots(Need(reason=None, mode=Mode.PHONE))
    assert {slot.reason for slot in by_phone} == {cast.admin_help}


@pytest.mark.parametrize(
    ("kilometres", "names"), [(1, {"Amina"}), (10, {"Amina", "Paul"}), (None, {"Amina", "Paul", "Léo"})]
)
def test_places_farther_than_asked_are_left_out(cast, kilometres, names):
    lost = Site.objects.create(name="Bus", national_id="bus", postcode="31000", commune_name="Toulouse")
    period = OpeningPeriod.objects.create(
        mediator=Mediator.objects.create(organisation=cast.mairie, first_name="Léo", last_name="Bus"),
        site=lost,
        first_day=TODAY,
        start_time=dt.time(9),
        end_time=dt.time(10),
    )
    period.reasons.add(cast.admin_help)
    need = Need(reason=cast.admin_help, near=EMPALOT, within_km=kilometres, last_day=TODAY + WEEK)
    assert {slot.mediator.first_name for slot in first_slots(need, limit=40)} == names


@pytest.mark.parametrize(("hours", "first"), [(0, "09:00"), (1, "10:00"), (2, "11:00")])
def test_residents_book_alone_with_the_notice_of_the_reason(cast, hours, first):
    change(cast.any_need, notice_hours=hours)
    online = Need(reason=cast.any_need, sites=[cast.empalot.pk], for_self_service=True)
    assert walls(first_slots(online, limit=1)) == [first]
    desk = first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk]), limit=1)[0]
    assert walls([desk]) == ["09:00"]
    assert is_offered(desk)
    assert is_offered(desk, for_self_service=True) is (hours == 0)


def test_residents_book_alone_no_earlier_than_the_reason_lets_them(cast):
    change(cast.any_need, window_days=7)
    online = Need(reason=cast.any_need, sites=[cast.empalot.pk], first_day=TODAY + WEEK, for_self_service=True)
    assert set(days(first_slots(online))) == {"12-08"}
    assert len(set(days(first_slots(Need(reason=cast.any_need, sites=[cast.empalot.pk]), limit=20)))) > 2


# --- Who, among equals ------------------------------------------------------------------------------------------------


def colleague_of(cast, first_name: str) -> Mediator:
    mediator = Mediator.objects.create(organisation=cast.mairie, first_name=first_name, last_name="Mas")
    period = OpeningPeriod.objects.create(
        mediator=mediator, site=cast.empalot, first_day=TODAY, start_time=dt.time(9), end_time=dt.time(12)
    )
    period.reasons.add(cast.admin_help)
    return mediator


def test_among_equals_who_has_least_to_do_that_week_whatever_the_day(cast):
    lea = colleague_of(cast, "Léa")
    # Monday of this week, before the search begins, and Sunday, at its end.
    for day in (-1, 5):
        take(cast.amina_mediator, at(14, days=day), at(15, days=day))
    take(lea, at(14, days=7), at(15, days=7))
    take(lea, at(14, days=8), at(15, days=8))
    take(lea, at(14, days=9), at(15, days=9))
    first = first_slots(Need(reason=cast.admin_help, sites=[cast.empalot]), limit=7)
    assert first[0].mediator == lea
    assert first[6].mediator == cast.amina_mediator, "the week after, it is her turn"


def test_the_same_question_has_the_same_answer(cast):
    for name in ("Zoé", "Ana", "Léo"):
        colleague_of(cast, name)
    answers = {
        tuple(slot.token for slot in first_slots(Need(reason=cast.admin_help, near=EMPALOT), limit=9)) for _ in range(3)
    }
    assert len(answers) == 1


def test_the_third_appointment_that_can_be_had(cast):
    assert walls([third_next_available(cast.empalot, cast.admin_help)]) == ["10:00"]
    colleague_of(cast, "Léa")
    assert walls([third_next_available(cast.empalot, cast.admin_help)]) == ["09:30"], "two mediators at 9:00, then"
    assert third_next_available(cast.bellefontaine, cast.desk_only) is None
