"""Twenty people want the last computer of a place, now and for later: one gets it, the others are told so."""

import datetime as dt

import pytest
from django.db import connection, transaction
from django.utils import timezone

from mediation.accounts.actor import Actor, Door
from sites import services
from sites.models import Reservation, Site
from sites.services import locks
from sites.sessions import offer_at
from tests.concurrency.writers import all_at_once, at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

VISITORS = 20
KIOSK, WEB = Actor(door=Door.KIOSK), Actor(door=Door.WEB)


@pytest.fixture
def library(cast) -> Site:
    """The library of Empalot with its one computer, open day and night by the real clock."""
    cast.empalot.opening_hours = "24/7"
    cast.empalot.save()
    return cast.empalot


def winners(outcomes: list[object]) -> list[object]:
    return [one for one in outcomes if isinstance(one, Reservation)]


def assert_one_has_it(outcomes: list[object]) -> None:
    assert len(outcomes) == VISITORS
    assert len(winners(outcomes)) == 1
    assert Reservation.objects.filter(released_at=None).count() == 1


def test_one_of_twenty_sits_down(library):
    outcomes = all_at_once([lambda: services.take_now(site=library, by=KIOSK)] * VISITORS)
    assert_one_has_it(outcomes)
    assert sum(isinstance(one, services.NoComputer) for one in outcomes) == VISITORS - 1


def test_one_of_twenty_has_it_later(library):
    starts_at = offer_at(library, timezone.now()).later[0].starts_at
    outcomes = all_at_once([lambda: services.reserve(site=library, starts_at=starts_at, by=WEB)] * VISITORS)
    assert_one_has_it(outcomes)
    assert sum(isinstance(one, services.NoComputer) for one in outcomes) == VISITORS - 1


def test_whoever_did_not_come_leaves_it_to_one_of_twenty(library, cast):
    now = timezone.now()
    missed = Reservation.objects.create(
        workstation=cast.workstation,
        starts_at=now - dt.timedelta(minutes=11),
        ends_at=now + dt.timedelta(minutes=34),
        booked_through=Door.WEB,
    )
    assert_one_has_it(all_at_once([lambda: services.take_now(site=library, by=KIOSK)] * VISITORS))
    missed.refresh_from_db()
    assert missed.is_released


def test_without_the_lock_the_database_still_gives_it_once(library, monkeypatch):
    monkeypatch.setattr(locks, "hold_computers", lambda _site: None)
    assert_one_has_it(all_at_once([lambda: services.take_now(site=library, by=KIOSK)] * VISITORS))


def _insert(row: Reservation) -> None:
    Reservation.objects.filter(pk=row.pk).delete()
    row.pk, row.released_at = None, None
    row.save(force_insert=True)


def _update(row: Reservation) -> None:
    Reservation.objects.filter(pk=row.pk).update(released_at=None)


def _bulk_create(row: Reservation) -> None:
    Reservation.objects.filter(pk=row.pk).delete()
    row.pk, row.released_at = None, None
    Reservation.objects.bulk_create([row])


def _raw(row: Reservation) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sites_reservation SET released_at = NULL WHERE id = %s", [row.pk])


@pytest.mark.parametrize("write", [_insert, _update, _bulk_create, _raw])
def test_whoever_writes_the_row_and_however_one_sits(library, cast, write):
    now = timezone.now()
    rows = [
        Reservation.objects.create(
            workstation=cast.workstation,
            starts_at=now + dt.timedelta(minutes=number),
            ends_at=now + dt.timedelta(minutes=number + 45),
            released_at=now,
            booked_through=Door.WEB,
        )
        for number in range(8)
    ]
    outcomes = at_once([lambda row=row: write(row) for row in rows])
    assert outcomes.count(None) == 1
    assert Reservation.objects.filter(released_at=None).count() == 1


def test_people_at_two_places_do_not_wait_for_each_other(library, cast):
    """Held by one transaction, the computers of another place are given out all the same."""
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer at a time.")
    other = Site.objects.get(pk=cast.bellefontaine.pk)
    other.opening_hours = "24/7"
    other.save()
    services.add_workstations(site=other, number=1, equipment=[], by=KIOSK)
    with transaction.atomic():
        locks.hold_computers(library)
        (outcome,) = all_at_once([lambda: services.take_now(site=other, by=KIOSK)])
    assert isinstance(outcome, Reservation)
