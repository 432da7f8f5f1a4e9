"""What a call shows of somebody known: all they have open, and what can be done with it."""

import pytest
import time_machine
from django.urls import reverse

from helpdesk.enums import Cause
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import ask_for_help, book
from mediation.accounts.actor import Actor
from mediation.privacy.models import JournalEntry
from tests.cast import NOW
from tests.desk.robot import ACCUEIL, Desk
from tests.desk.steps import NOBODY, booked
from workshops.services import open_workshop, register

# --- What the person already has --------------------------------------------------------------------------------------


def test_everything_open_shows_with_what_can_be_done(desk, cast):
    appointment = booked(cast)
    workshop = open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers clics",
        starts_at=NOW.replace(day=4, hour=14),
        ends_at=NOW.replace(day=4, hour=16),
        capacity=2,
        themes=["hardware"],
        by=Actor.at_desk(cast.amina),
    )
    register(workshop=workshop, beneficiary=cast.lucette, by=Actor.at_desk(cast.claire))
    waiting = ask_for_help(
        beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=Actor.at_desk(cast.claire)
    )
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    for name, args in (
        ("helpdesk:appointment", [appointment.uid]),
        ("helpdesk:cancel", [appointment.uid]),
        ("workshops:sheet", [workshop.uid]),
        ("helpdesk:request", [waiting.uid]),
        ("desk:mark", [appointment.uid, appointment.attendees.get().pk, "arrive"]),
    ):
        assert reverse(name, args=args) in desk.html
    assert f'name="move"\n              value="{appointment.uid}"' in desk.html


def test_moving_keeps_the_reference_and_the_page(desk, cast):
    appointment = booked(cast)
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("move", appointment.uid)
    assert "Choisissez le nouvel horaire" in desk.html
    assert desk.slots[0] in desk.focus
    answer = desk.press("slot", desk.slots[5])
    moved = Appointment.objects.get()
    assert (moved.reference, moved.version) == (appointment.reference, 2)
    assert moved.starts_at != appointment.starts_at
    assert "C’est déplacé" in desk.client.get(answer.url).content.decode()


def test_moving_can_be_given_up(desk, cast):
    appointment = booked(cast)
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("move", appointment.uid)
    desk.press("do", "stay")
    desk.press("slot", desk.slots[5])
    appointment.refresh_from_db()
    assert (appointment.version, Appointment.objects.count()) == (1, 2)


def test_a_partners_appointment_is_not_moved_from_here(desk, cast, sign_in):
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.paul_mediator), limit=1)[0]
    theirs = book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.paul))
    desk.press(q="fabre")
    desk.press("choose", cast.lucette.uid)
    desk.press("slot", desk.slots[3], moving=str(theirs.uid))
    theirs.refresh_from_db()
    assert theirs.version == 1


def test_arrived_in_one_tap_from_the_call(cast, now, sign_in):
    appointment = booked(cast)
    mark = reverse("desk:mark", args=[appointment.uid, appointment.attendees.get().pk, "arrive"])
    answer = sign_in(cast.claire).post(mark, {"page": "caller"}, headers={"HX-Request": "true"})
    assert "Arrivé" in answer.content.decode()
    assert mark not in answer.content.decode()
    assert appointment.attendees.get().arrived_at


def test_the_persons_page_leads_to_a_call_that_knows_them(cast, now, sign_in):
    client = sign_in(cast.claire)
    address = f"{ACCUEIL}?personne={cast.lucette.uid}"
    assert address in client.get(reverse("desk:person", args=[cast.lucette.uid])).content.decode()
    JournalEntry.objects.all().delete()
    desk = Desk(client)
    desk.html = client.get(address).content.decode()
    assert desk.fields()["person"] == str(cast.lucette.uid)
    assert JournalEntry.objects.get().subject_uid == cast.lucette.uid


@pytest.mark.parametrize("person", ["", "abc", "\x00", NOBODY])
def test_a_call_about_nobody_known_begins_as_any_other(cast, now, sign_in, person):
    answer = sign_in(cast.claire).get(ACCUEIL, {"personne": person})
    assert answer.status_code == 200
    assert not JournalEntry.objects.exists()


@pytest.mark.parametrize("rows", [1, 12])
def test_what_somebody_has_costs_the_same_short_or_long(cast, now, sign_in, django_assert_max_num_queries, rows):
    for number in range(rows):
        ask_for_help(
            beneficiary=cast.lucette, organisation=cast.mairie, cause=Cause.CALL_BACK, by=Actor.at_desk(cast.claire)
        )
        if number < 3:
            booked(cast, nth=number + 1)
    client = sign_in(cast.claire)
    with django_assert_max_num_queries(45), time_machine.travel(NOW, tick=False):
        client.post(ACCUEIL, {"choose": str(cast.lucette.uid)})
