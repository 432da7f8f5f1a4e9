"""Fifty processes want the last seat: one gets it, the others are offered the waiting list, nobody waits for long."""

import datetime as dt
import os

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils import timezone

from directory.models import Beneficiary, BeneficiaryLink
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from tests.cast import Cast
from tests.concurrency.harness import Answer, Visitor, race, serve, session_cookie
from tests.concurrency.writers import at_once
from workshops import services
from workshops.enums import HOLDS_A_SEAT, RegistrationStatus
from workshops.models import Registration, Seat, Workshop

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

VISITORS = 50
LONGEST_WAIT = 5
WRITERS = 8
SEATS = 3
REPEATS = 20 if os.environ.get("FULL") else 4


@pytest.fixture
def people(cast: Cast) -> list[Beneficiary]:
    """Fifty people of the Mairie."""
    people = Beneficiary.objects.bulk_create(
        Beneficiary(first_name=f"Personne {number}", search_name=f"personne {number}") for number in range(VISITORS)
    )
    today = timezone.localdate()
    BeneficiaryLink.objects.bulk_create(
        BeneficiaryLink(beneficiary=one, organisation=cast.mairie, since=today, last_contact_on=today) for one in people
    )
    return people


@pytest.fixture
def workshop(cast: Cast) -> Workshop:
    """A workshop to come by the real clock, which the server's processes read; one seat is left."""
    by = Actor.at_desk(cast.claire)
    starts_at = timezone.now() + dt.timedelta(days=5)
    workshop = services.open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers clics",
        starts_at=starts_at,
        ends_at=starts_at + dt.timedelta(hours=2),
        capacity=SEATS,
        by=by,
    )
    for beneficiary in (cast.lucette, cast.hassan):
        services.register(workshop=workshop, beneficiary=beneficiary, by=by)
    return workshop


@pytest.fixture
def visitors(cast: Cast, workshop: Workshop, people: list[Beneficiary]) -> list[Visitor]:
    """Fifty front desks, each with somebody else in front of them."""
    cookie, page = session_cookie(cast.claire), reverse("workshops:register", args=[workshop.uid])
    return [Visitor(cookie=cookie, page=page, form={"beneficiary": str(one.uid)}) for one in people]


def statuses(answers: list[Answer]) -> list[int]:
    return sorted(answer.status for answer in answers)


def assert_full_and_not_more() -> None:
    holding = Registration.objects.filter(status__in=HOLDS_A_SEAT)
    assert holding.count() == SEATS
    assert holding.values("seat").distinct().count() == SEATS


def test_one_of_fifty_gets_the_seat_and_the_others_are_offered_the_list(visitors, port):
    answers = race(port, visitors)
    assert statuses(answers) == [302] + [409] * (VISITORS - 1)
    assert_full_and_not_more()
    for loser in answers:
        if loser.status == 409:
            assert "Complet : vous seriez 1re sur la liste" in loser.body
            assert "Mettre sur la liste d’attente" in loser.body
    assert max(answer.seconds for answer in answers) < LONGEST_WAIT


@pytest.mark.thorough
def test_fifty_who_accept_to_wait_stand_in_one_order(visitors, workshop, port):
    patient = [Visitor(one.cookie, one.page, {**one.form, "wait": "yes"}) for one in visitors]
    answers = race(port, patient)
    assert statuses(answers) == [302] * VISITORS
    assert_full_and_not_more()
    assert workshop.registrations.waiting().count() == VISITORS - 1


@pytest.mark.thorough
def test_without_the_service_s_lock_the_database_still_gives_it_once(visitors):
    """PostgreSQL may find a deadlock here and refuse one of the two with an error: the lock is there to spare it."""
    with serve(without="workshops.services.locks.hold_seats") as port:
        answers = race(port, visitors)
    assert statuses(answers).count(302) == 1
    assert {answer.status for answer in answers} <= {302, 409, 500}
    assert_full_and_not_more()


def _insert(row: Registration, seat: Seat) -> None:
    Registration.objects.filter(pk=row.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO workshops_registration (uid, workshop_id, beneficiary_id, seat_id, status, reference, code,"
            " version, asked_at, offers, booked_through) VALUES (%s, %s, %s, %s, %s, %s, %s, 1, %s, 0, 'desk')",
            [
                row.uid.hex if connection.vendor == "sqlite" else row.uid,
                row.workshop_id,
                row.beneficiary_id,
                seat.pk,
                RegistrationStatus.REGISTERED,
                row.reference,
                row.code,
                row.asked_at,
            ],
        )


def _update(row: Registration, seat: Seat) -> None:
    Registration.objects.filter(pk=row.pk).update(status=RegistrationStatus.REGISTERED, seat=seat)


def _bulk_create(row: Registration, seat: Seat) -> None:
    Registration.objects.filter(pk=row.pk).delete()
    row.pk, row.status, row.seat = None, RegistrationStatus.REGISTERED, seat
    Registration.objects.bulk_create([row])


def _reinstate(row: Registration, seat: Seat) -> None:
    row.status, row.seat = RegistrationStatus.REGISTERED, seat
    row.save()


@pytest.mark.parametrize("write", [_insert, _update, _bulk_create, _reinstate])
def test_whoever_writes_the_row_and_however_one_sits(workshop, people, write):
    seat = Seat.objects.get(workshop=workshop, registration=None)
    rows = [
        Registration.objects.create(
            workshop=workshop, beneficiary=one, status=RegistrationStatus.CANCELLED, booked_through="desk"
        )
        for one in people[:WRITERS]
    ]
    outcomes = at_once([lambda row=row: write(row, seat) for row in rows])
    assert outcomes.count(None) == 1
    assert_full_and_not_more()


def test_nobody_sits_without_a_seat(workshop, people):
    """Reinstating a registration without giving it a seat is no way round."""
    row = Registration.objects.create(
        workshop=workshop, beneficiary=people[0], status=RegistrationStatus.CANCELLED, booked_through="desk"
    )
    (outcome,) = at_once([lambda: Registration.objects.filter(pk=row.pk).update(status=RegistrationStatus.REGISTERED)])
    assert "registration_holds_a_seat" in str(outcome)


def test_who_came_against_a_cancellation_neither_waits_for_ever(cast, workshop):
    """One locks the leader, then the workshop; the other the workshop, and what it logs names the leader."""
    by = Actor.at_desk(cast.amina)
    here, themes = list(workshop.registrations.all()), [Theme.HARDWARE]
    with time_machine.travel(workshop.starts_at + dt.timedelta(minutes=10), tick=False):
        for _repeat in range(REPEATS):
            outcomes = at_once(
                [
                    *[lambda: services.record_attendance(workshop=workshop, present=here, by=by, themes=themes)] * 2,
                    lambda: services.cancel_workshop(workshop=workshop, by=by),
                ]
            )
            assert not [one for one in outcomes if isinstance(one, DatabaseError)]
            assert {one.code for one in outcomes if one} < {"cancelled", "took_place"}
            workshop.activity = None
            workshop.save()
            workshop.registrations.update(status=RegistrationStatus.REGISTERED)
            workshop.engagement.released_at = None
            workshop.engagement.save()
