"""Fifty processes want one slot: one gets it, the others read the next ones, and nobody waits for long."""

import datetime as dt

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from directory.enums import EngagementKind
from directory.models import Beneficiary, BeneficiaryLink, Engagement
from helpdesk.models import Appointment
from helpdesk.selectors import Need, Slot, first_slots
from tests.cast import Cast
from tests.concurrency.harness import Answer, Visitor, race, serve, session_cookie
from tests.concurrency.writers import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

VISITORS = 50
LONGEST_WAIT = 5
WRITERS = 8


@pytest.fixture
def slot(cast: Cast) -> Slot:
    """A slot to come by the real clock, which the server's processes read."""
    cast.opening.first_day = timezone.localdate() + dt.timedelta(days=2)
    cast.opening.save()
    return first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=1)[0]


@pytest.fixture
def visitors(cast: Cast, slot: Slot) -> list[Visitor]:
    """Fifty front desks, each with somebody else on the phone."""
    people = Beneficiary.objects.bulk_create(
        Beneficiary(first_name=f"Personne {number}", search_name=f"personne {number}") for number in range(VISITORS)
    )
    today = timezone.localdate()
    BeneficiaryLink.objects.bulk_create(
        BeneficiaryLink(beneficiary=one, organisation=cast.mairie, since=today, last_contact_on=today) for one in people
    )
    cookie, page = session_cookie(cast.claire), reverse("desk:front_desk")
    form = {"reason": slot.reason.uid, "slot": slot.token}
    return [
        Visitor(
            cookie=cookie, page=page, form={name: str(value) for name, value in {**form, "person": one.uid}.items()}
        )
        for one in people
    ]


def winners(answers: list[Answer]) -> list[Answer]:
    return [answer for answer in answers if answer.status == 302]


def assert_taken_once(slot: Slot) -> None:
    assert Appointment.objects.count() == 1
    assert Engagement.objects.standing().filter(mediator=slot.mediator).count() == 1


def slowest(answers) -> float:
    """Return the longest wait, in seconds."""
    return max(answer.seconds for answer in answers)


def give_back() -> None:
    """Free the slot again, as if nobody had come."""
    Appointment.objects.all().delete()
    Engagement.objects.all().delete()


def test_one_of_fifty_gets_the_slot_and_the_others_the_next_ones(visitors, slot, port):
    answers = race(port, visitors)
    if slowest(answers) >= LONGEST_WAIT:
        # Something else may have had the machine for a moment; a lock held too long is slow each time.
        give_back()
        answers = race(port, visitors)
    assert [answer.status for answer in answers].count(302) == 1
    assert [answer.status for answer in answers].count(200) == VISITORS - 1
    assert_taken_once(slot)
    following = first_slots(Need(reason=slot.reason, mediator=slot.mediator), limit=3)
    for loser in answers:
        if loser.status == 200:
            assert "vient d’être pris" in loser.body
            assert all(other.token in loser.body for other in following)
    assert slowest(answers) < LONGEST_WAIT


@pytest.mark.thorough
def test_without_the_service_s_lock_the_database_still_gives_it_once(visitors, slot):
    """PostgreSQL may find a deadlock here and refuse one of the two with an error: the lock is there to spare it."""
    with serve(without="helpdesk.services.booking.lock_mediators") as port:
        answers = race(port, visitors)
    assert len(winners(answers)) == 1
    assert {answer.status for answer in answers} <= {200, 302, 500}
    assert_taken_once(slot)


def _insert(slot: Slot, _row: Engagement) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO directory_engagement (mediator_id, starts_at, ends_at, kind, buffer_minutes) "
            "VALUES (%s, %s, %s, %s, 0)",
            [slot.mediator.pk, slot.starts_at, slot.ends_at, EngagementKind.HOLD],
        )


def _update(slot: Slot, row: Engagement) -> None:
    Engagement.objects.filter(pk=row.pk).update(starts_at=slot.starts_at, ends_at=slot.ends_at, released_at=None)


def _bulk_create(slot: Slot, _row: Engagement) -> None:
    span = {"starts_at": slot.starts_at, "ends_at": slot.ends_at}
    Engagement.objects.bulk_create([Engagement(mediator=slot.mediator, kind=EngagementKind.HOLD, **span)])


def _reinstate(_slot: Slot, row: Engagement) -> None:
    row.released_at = None
    row.save()


@pytest.mark.parametrize("write", [_insert, _update, _bulk_create, _reinstate])
def test_whoever_writes_the_row_and_however_only_one_stands(slot, write):
    rows = [
        Engagement.objects.create(
            mediator=slot.mediator,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            kind=EngagementKind.HOLD,
            released_at=timezone.now(),
        )
        for _writer in range(WRITERS)
    ]
    outcomes = at_once([lambda row=row: write(slot, row) for row in rows])
    assert outcomes.count(None) == 1
    assert Engagement.objects.standing().filter(mediator=slot.mediator).count() == 1
