"""The page of those who were not the quickest: the next times, nothing said is lost, and it is cheap."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse

from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
URL = "desk:front_desk"
# Session and account, who calls, the booking under its lock, the search for the next times.
MOST_QUERIES = 32


@pytest.fixture
def lost(cast) -> dict[str, str]:
    """What the desk sends for Lucette, for a time that Hassan has just got."""
    slot = Slot(at(10), at(10, 30), cast.amina_mediator, cast.empalot, cast.admin_help)
    book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.amina))
    return {
        "person": str(cast.lucette.uid),
        "reason": str(cast.admin_help.uid),
        "language": "fr",
        "note": "Vient avec sa fille",
        "slot": slot.token,
        "request_key": str(uuid.uuid4()),
    }


def test_the_next_times_stand_there_and_what_was_said_is_kept(cast, lost, sign_in):
    client = sign_in(cast.claire)
    page = client.post(reverse(URL), lost).content.decode()
    assert "vient d’être pris" in page
    assert "Vient avec sa fille" in page
    assert f'name="reason" value="{cast.admin_help.uid}"' in page
    following = Slot(at(10, 30), at(11), cast.amina_mediator, cast.empalot, cast.admin_help)
    assert following.token in page
    client.post(reverse(URL), {**lost, "slot": following.token})
    booked = Appointment.objects.get(engagement__starts_at=at(10, 30))
    assert booked.note == "Vient avec sa fille"


@pytest.mark.parametrize(("chosen", "where"), [("", "bellefontaine"), ("empalot", "empalot")])
def test_the_next_times_are_those_of_the_search_not_of_the_place(cast, lost, sign_in, chosen, where):
    last = Slot(at(11, 30), at(12), cast.amina_mediator, cast.empalot, cast.admin_help)
    book(slot=last, people=[cast.hassan], by=Actor.at_desk(cast.amina))
    site = str(getattr(cast, chosen).uid) if chosen else ""
    page = sign_in(cast.claire).post(reverse(URL), {**lost, "slot": last.token, "language": "", "site": site})
    assert {line.slot.site for line in page.context["slots"]} == {getattr(cast, where)}
    assert len(page.context["slots"]) == 3
    # What was free before it had been read out already.
    assert all(line.slot.starts_at > last.starts_at for line in page.context["slots"])


def test_one_can_look_for_something_else(cast, lost, sign_in):
    again = {**lost, "do": "slots"}
    del again["slot"]
    page = sign_in(cast.claire).post(reverse(URL), again).content.decode()
    assert '<select name="reason"' in page


@pytest.mark.parametrize("appointments", [1, 4])
def test_it_costs_little_however_much_is_going_on(cast, lost, sign_in, appointments, django_assert_max_num_queries):
    for number in range(appointments):
        start = at(9, days=7) + dt.timedelta(minutes=30 * number)
        slot = Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.admin_help)
        book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    client = sign_in(cast.claire)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert client.post(reverse(URL), lost).status_code == 200
