"""Two files become one while others do the same, or note what became of the person's appointments."""

import os
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from directory.models import Beneficiary, Merge
from directory.selectors import ties
from directory.services import link, merge
from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from helpdesk.selectors import Need, first_slots
from mediation.accounts.actor import Actor
from tests.cast import TODAY, at
from tests.concurrency.writers import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

AGENTS = 8
GESTURES = 4
REPEATS = 20 if os.environ.get("FULL") else 2


def test_one_of_two_directions_wins_and_nobody_waits_for_ever(cast):
    other = Beneficiary.objects.create(first_name="Lucette", last_name="Fabre")
    link(beneficiary=other, organisation=cast.mairie, on=TODAY)
    start, outcomes = threading.Barrier(AGENTS), []

    def run(kept: Beneficiary, duplicate: Beneficiary) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=30)
            merge(kept=kept, duplicate=duplicate, by=Actor.at_desk(cast.claire))
            outcomes.append("merged")
        except ValidationError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    pairs = [(cast.lucette, other), (other, cast.lucette)] * (AGENTS // 2)
    threads = [threading.Thread(target=run, args=pair) for pair in pairs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcomes) == ["already_merged"] * (AGENTS - 1) + ["merged"]
    assert Merge.objects.count() == 1
    assert Beneficiary.objects.filter(merged_into=None).count() == 2


def cancel(appointment: Appointment, by: Actor) -> None:
    services.cancel(appointment=appointment, by=by, asked_by_person=False)


def miss(appointment: Appointment, by: Actor) -> None:
    services.mark_no_show(attendee=appointment.attendees.get(), by=by)


def report(appointment: Appointment, by: Actor) -> None:
    services.report(appointment=appointment, by=by)


@pytest.mark.parametrize("repeat", range(REPEATS))
@pytest.mark.parametrize(("gesture", "hour"), [(cancel, at(8)), (miss, at(13)), (report, at(13))])
def test_what_is_done_during_a_merge_follows_the_person(cast, now, repeat, gesture, hour):
    """Each gesture changes the person's place, then writes something that names the person: both follow the merge."""
    by = Actor.at_desk(cast.amina)
    duplicate = Beneficiary.objects.create(first_name="Lucette", phone_typed="06 39 98 00 09")
    link(beneficiary=duplicate, organisation=cast.mairie, on=TODAY)
    now.move_to(at(8))
    slots = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=GESTURES)
    booked = [services.book(slot=slot, people=[duplicate], by=by) for slot in slots]
    now.move_to(hour)
    verbs = [lambda one=one: gesture(one, by) for one in booked]
    outcomes = at_once([*verbs, lambda: merge(kept=cast.lucette, duplicate=duplicate, by=by)])
    assert outcomes == [None] * (GESTURES + 1)
    assert not [tie.key for tie in ties() if tie.rows(duplicate).exists()]
    assert Attendee.objects.filter(beneficiary=cast.lucette).exclude(status=AttendeeStatus.UNKNOWN).count() == GESTURES
