"""What a closure leaves in front of a closed door."""

import pytest
from django.urls import reverse

from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor
from sites.models import Closure
from tests.cast import TODAY, at
from workshops.services import open_workshop

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def planned(cast) -> None:
    """Lucette at 11:00 and a workshop in the afternoon, today at Empalot."""
    slot = Slot(at(11), at(11, 30), cast.amina_mediator, cast.empalot, cast.admin_help)
    book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    open_workshop(
        title="Premiers clics",
        starts_at=at(14),
        ends_at=at(16),
        mediator=cast.amina_mediator,
        site=cast.empalot,
        capacity=2,
        themes=["hardware"],
        by=Actor.at_desk(cast.amina),
    )


def test_closing_a_place_leads_to_what_was_planned_there(cast, planned, sign_in):
    type(cast.mairie).objects.filter(pk=cast.mairie.pk).update(phone="05 36 49 00 99")
    client = sign_in(cast.admin)
    said = {"starts_on": TODAY.isoformat(), "ends_on": TODAY.isoformat(), "reason": "dégât des eaux"}
    response = client.post(reverse("sites:closure_add", args=[cast.empalot.uid]), said)
    assert response.url == reverse("desk:closure", args=[Closure.objects.get().pk])
    page = " ".join(client.get(response.url).content.decode().split())
    # Administrators set places up; people are their team's.
    assert "Lucette" not in page
    assert "les voient dès leur première page" in page
    assert "Aucun rendez-vous à déplacer" not in page
    assert f"{cast.mairie} : 1 rendez-vous, " in page
    assert "tel:05 36 49 00 99" in page
    assert "Premiers clics" in page


def test_the_team_sees_whom_to_call(cast, planned, sign_in):
    closure = Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY)
    page = sign_in(cast.claire).get(reverse("desk:closure", args=[closure.pk])).content.decode()
    assert "Lucette Fabré" in page
    assert "tel:+33639980001" in page


@pytest.mark.parametrize("page", ["desk:today", "desk:front_desk", "helpdesk:agenda"])
def test_those_who_receive_are_told_on_the_page_where_their_day_begins(cast, planned, sign_in, page):
    client = sign_in(cast.amina if page == "desk:today" else cast.claire)
    leads_there = f'href="{reverse("helpdesk:must_move")}"'
    assert leads_there not in client.get(reverse(page)).content.decode()
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY)
    told = client.get(reverse(page)).content.decode()
    assert leads_there in told
    assert "1 rendez-vous à déplacer" in told


def test_a_calm_closure_says_so(cast, sign_in):
    closure = Closure.objects.create(site=cast.bellefontaine, starts_on=TODAY, ends_on=TODAY)
    page = sign_in(cast.paul).get(reverse("desk:closure", args=[closure.pk])).content.decode()
    assert "Aucun rendez-vous à déplacer" in page
    assert sign_in(cast.sofia).get(reverse("desk:closure", args=[closure.pk])).status_code == 403
