"""Public computers, now or later: one rule for all doors, within the hours of the place."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from mediation.accounts.actor import Actor, Door
from sites import services, tasks
from sites.enums import Equipment, WorkstationState
from sites.models import Closure, Reservation, Site, Workstation
from sites.sessions import offer_at, offers, with_computers
from tests.cast import NOW, at

KIOSK, WEB = Actor(door=Door.KIOSK), Actor(door=Door.WEB)


@pytest.fixture
def open_now(cast, now):
    """The library of Empalot, open from 9:00 to 18:00; it has one computer, with a printer."""
    cast.empalot.opening_hours = "Tu-Sa 09:00-18:00"
    cast.empalot.save()
    return cast.empalot


def hours(sessions) -> list[str]:
    return [f"{one.starts_at.astimezone(NOW.tzinfo):%d %H:%M}" for one in sessions]


def later(site: Site, at: dt.datetime = NOW, **kwargs) -> list[str]:
    return hours(offer_at(site, at, **kwargs).later)


def free_count(site: Site) -> int:
    return Site.objects.with_workstations().get(pk=site.pk).free_count


def test_whoever_is_there_sits_down_for_one_session(open_now):
    taken = services.take_now(site=open_now, by=KIOSK)
    assert (taken.starts_at, taken.ends_at, taken.arrived_at) == (NOW, at(9, 45), NOW)
    assert (taken.booked_through, taken.booked_by) == (Door.KIOSK, None)
    assert free_count(open_now) == 0
    with pytest.raises(services.NoComputer):
        services.take_now(site=open_now, by=KIOSK)


def test_round_times_of_the_next_two_open_days(open_now):
    times = later(open_now)
    assert times[:2] == ["01 09:30", "01 10:00"]
    assert "01 17:00" in times
    assert "01 17:30" not in times, "A session of 45 minutes would end after the place does."
    assert times[-1] == "02 17:00"


def test_nobody_reserves_where_it_is_shut(open_now):
    Closure.objects.create(site=open_now, starts_on=at(0, days=1).date(), ends_on=at(0, days=2).date())
    assert {time[:2] for time in later(open_now)} == {"01", "04"}
    # Friday evening: Saturday, then Tuesday; the library is shut on Sundays and Mondays.
    assert {time[:2] for time in later(open_now, at(20, days=3))} == {"05", "08"}
    assert offer_at(open_now, at(20)).now is None
    open_now.opening_hours = ""
    assert later(open_now) == []
    assert offer_at(open_now, NOW).now, "Nobody knows the hours, but somebody stands there."


def test_the_last_session_ends_when_the_place_shuts(open_now):
    assert offer_at(open_now, at(17, 30)).now.ends_at == at(18)
    assert offer_at(open_now, at(17, 50)).now is None


def test_a_reserved_computer_is_not_offered_again(open_now):
    services.reserve(site=open_now, starts_at=at(10), by=WEB)
    assert later(open_now)[:2] == ["01 11:00", "01 11:30"]
    with pytest.raises(services.NoComputer):
        services.reserve(site=open_now, starts_at=at(10), by=WEB)


def test_a_time_that_is_not_offered_is_refused(open_now):
    for moment in (at(8), at(10, 7), at(18), at(10, days=6)):
        with pytest.raises(services.NoComputer):
            services.reserve(site=open_now, starts_at=moment, by=WEB)
    assert not Reservation.objects.exists()


def test_one_sits_down_until_the_next_person_comes_or_not_at_all(open_now, now):
    services.reserve(site=open_now, starts_at=at(10), by=WEB)
    now.move_to(at(9, 35))
    assert free_count(open_now) == 1
    assert services.take_now(site=open_now, by=KIOSK).ends_at == at(10)
    Reservation.objects.latest("pk").delete()
    now.move_to(at(9, 50))
    assert free_count(open_now) == 0
    assert offer_at(open_now, at(9, 50)).now is None


def test_the_equipment_that_is_wanted(open_now):
    plain = Workstation.objects.create(site=open_now, label="Poste 2")
    assert services.take_now(site=open_now, by=KIOSK).workstation == plain, "The printer is left to who needs it."
    assert offer_at(open_now, NOW, [Equipment.SCANNER]) == offer_at(open_now, NOW, [Equipment.SCANNER])
    assert not offer_at(open_now, NOW, [Equipment.SCANNER]).has_any
    assert services.take_now(site=open_now, by=KIOSK, wanted=[Equipment.PRINTER]).workstation.label == "Poste 1"


def test_what_the_desk_says_counts(open_now, cast):
    desk = Actor.at_desk(cast.claire)
    services.change_state(workstation=cast.workstation, state=WorkstationState.IN_USE, by=desk)
    assert offer_at(open_now, NOW).now is None
    assert later(open_now)[0] == "01 10:00", "Taken for one session yet: nobody knows when they leave."
    services.change_state(workstation=cast.workstation, state=WorkstationState.BROKEN, by=desk)
    assert not offer_at(open_now, NOW).has_any


def test_freeing_a_computer_ends_its_session(open_now, cast):
    taken = services.take_now(site=open_now, by=KIOSK)
    services.change_state(workstation=cast.workstation, state=WorkstationState.FREE, by=Actor.at_desk(cast.claire))
    taken.refresh_from_db()
    assert taken.is_released
    assert free_count(open_now) == 1


def test_who_reserved_a_broken_computer_gets_another(open_now, cast):
    first = services.reserve(site=open_now, starts_at=at(10), by=WEB, wanted=[Equipment.PRINTER])
    second = Workstation.objects.create(site=open_now, label="Poste 2", equipment=["printer", "scanner"])
    services.change_state(workstation=cast.workstation, state=WorkstationState.BROKEN, by=Actor.at_desk(cast.claire))
    first.refresh_from_db()
    assert first.workstation == second


def test_who_reserved_a_broken_computer_is_not_sent_to_one_where_somebody_sits(open_now, cast, now):
    now.move_to(at(9, 58))
    first = services.reserve(site=open_now, starts_at=at(10, 30), by=WEB)
    used = Workstation.objects.create(site=open_now, label="Poste 2", equipment=["printer"], state="in_use")
    free = Workstation.objects.create(site=open_now, label="Poste 3", equipment=["printer"])
    services.change_state(workstation=cast.workstation, state=WorkstationState.BROKEN, by=Actor.at_desk(cast.claire))
    first.refresh_from_db()
    assert first.workstation == free != used


def test_a_reserved_computer_goes_only_where_another_one_is_free(open_now, cast):
    kept = services.reserve(site=open_now, starts_at=at(10), by=WEB)
    by = Actor.at_desk(cast.admin)
    with pytest.raises(ValidationError, match="Quelqu’un a réservé ce poste"):
        services.remove_workstation(workstation=cast.workstation, by=by)
    other = Workstation.objects.create(site=open_now, label="Poste 2", equipment=cast.workstation.equipment)
    services.remove_workstation(workstation=cast.workstation, by=by)
    kept.refresh_from_db()
    assert kept.workstation == other


def test_arriving_twice_is_arriving_the_first_time(open_now, now):
    kept = services.reserve(site=open_now, starts_at=at(10), by=WEB)
    now.move_to(at(10, 1))
    services.arrive(reservation=kept, by=KIOSK)
    now.move_to(at(10, 5))
    services.arrive(reservation=kept, by=KIOSK)
    kept.refresh_from_db()
    assert kept.arrived_at == at(10, 1)


def test_a_reference_that_somebody_has_is_not_given_again(open_now, cast, monkeypatch):
    Workstation.objects.create(site=open_now, label="Poste 2")
    first = services.take_now(site=open_now, by=KIOSK)
    drawn = iter([first.reference, "00000042"])
    monkeypatch.setattr("mediation.kernel.references.new_reference", lambda: next(drawn))
    assert services.take_now(site=open_now, by=KIOSK).reference == "00000042"


def test_who_has_not_come_in_ten_minutes_leaves_it_to_others(open_now, now):
    missed = services.reserve(site=open_now, starts_at=at(10), by=WEB)
    now.move_to(at(10, 9))
    assert offer_at(open_now, at(10, 9)).now is None
    now.move_to(at(10, 10))
    assert free_count(open_now) == 1
    assert services.take_now(site=open_now, by=KIOSK).starts_at == at(10, 10)
    missed.refresh_from_db()
    assert missed.is_released
    with pytest.raises(ValidationError, match="n’est plus réservé"):
        services.arrive(reservation=missed, by=KIOSK)


def test_whoever_comes_a_day_early_is_not_there_yet(open_now, now):
    kept = services.reserve(site=open_now, starts_at=at(10, days=1), by=WEB)
    with pytest.raises(services.TooEarly, match="un autre jour"):
        services.arrive(reservation=kept, by=KIOSK)
    now.move_to(at(10, 10, days=1))
    assert free_count(open_now) == 1


def test_the_worker_gives_back_what_was_missed_and_keeps_who_came(open_now, now, cast):
    Workstation.objects.create(site=open_now, label="Poste 2")
    missed, came = (services.reserve(site=open_now, starts_at=at(10), by=WEB) for _number in range(2))
    now.move_to(at(10, 5))
    services.arrive(reservation=came, by=KIOSK)
    now.move_to(at(10, 11))
    tasks.give_back_missed()
    missed.refresh_from_db()
    came.refresh_from_db()
    assert (missed.is_released, came.is_released) == (True, False)


def test_given_back_it_is_free_at_once(open_now, now):
    kept = services.reserve(site=open_now, starts_at=at(10), by=WEB)
    services.release(reservation=kept, by=WEB)
    services.release(reservation=kept, by=WEB)
    assert later(open_now)[0] == "01 09:30"
    over = services.take_now(site=open_now, by=KIOSK)
    now.move_to(at(11))
    with pytest.raises(ValidationError, match="terminée"):
        services.release(reservation=over, by=WEB)


def test_a_quarter_of_an_hour_longer_unless_others_wait(open_now, cast):
    desk = Actor.at_desk(cast.claire)
    taken = services.take_now(site=open_now, by=desk)
    assert services.prolong(reservation=taken, by=desk) == at(10)
    services.reserve(site=open_now, starts_at=at(10), by=WEB)
    with pytest.raises(ValidationError, match="réservé ce poste juste après"):
        services.prolong(reservation=taken, by=desk)


def test_a_place_keeps_computers_for_those_who_just_come(open_now, cast):
    open_now.daily_reservations = 1
    open_now.save()
    services.reserve(site=open_now, starts_at=at(10), by=WEB)
    assert {time[:2] for time in later(open_now)} == {"02", "03"}
    with pytest.raises(services.NoComputer):
        services.reserve(site=open_now, starts_at=at(14), by=KIOSK)
    assert services.take_now(site=open_now, by=KIOSK)
    assert services.reserve(site=open_now, starts_at=at(14), by=Actor.at_desk(cast.claire)).booked_by == cast.claire


def test_the_same_form_sent_twice_asks_once(open_now):
    key = uuid4()
    first = services.reserve(site=open_now, starts_at=at(10), by=WEB, request_key=key)
    assert services.reserve(site=open_now, starts_at=at(10), by=WEB, request_key=key) == first
    assert Reservation.objects.count() == 1


def test_found_by_reference_and_code_at_the_same_cost(open_now, django_assert_num_queries):
    kept = services.reserve(site=open_now, starts_at=at(10), by=WEB)
    other = "0000" if kept.code != "0000" else "1111"
    for reference, code, found in (
        (kept.reference, kept.code, kept),
        (f" {kept.reference[:4]} {kept.reference[4:]}", kept.code, kept),
        (kept.reference, other, None),
        (kept.reference, "", None),
        ("00000000", kept.code, None),
    ):
        with django_assert_num_queries(1):
            assert services.find_reservation(reference, code) == found


def test_names_are_forgotten_after_two_days(open_now, now):
    services.reserve(site=open_now, starts_at=at(10), by=WEB, first_name="Lucette")
    now.move_to(at(10, days=2))
    tasks.forget_names()
    assert Reservation.objects.get().first_name == "Lucette"
    now.move_to(at(11, days=2))
    tasks.forget_names()
    assert Reservation.objects.get().first_name == ""


@pytest.mark.parametrize("rows", [1, 20])
def test_twenty_places_cost_as_much_as_one(open_now, cast, rows, django_assert_num_queries):
    for number in range(rows - 1):
        site = Site.objects.create(national_id=f"p{number}", name=f"Lieu {number}", opening_hours="Tu 09:00-18:00")
        services.add_workstations(site=site, number=2, equipment=[], by=KIOSK)
    services.reserve(site=open_now, starts_at=at(10), by=WEB)
    with django_assert_num_queries(6):
        found = offers(with_computers(Site.objects.published()), NOW)
    assert len(found) == rows
    assert all(offer.now and offer.later for offer in found)
