"""A city's own words on the kiosk, places and workshops: marked as French where the screens speak another language."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from helpdesk.selectors import Need, first_slots
from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device
from tests.workshops.conftest import open_workshop

pytestmark = pytest.mark.usefixtures("now")
TITLE = "Atelier des tout premiers clics"


@pytest.fixture
def kiosk(cast) -> Client:
    """A screen at the centre of Bellefontaine, where somebody chose English."""
    _device, code = add_device(site=cast.bellefontaine, name="Borne", by=Actor.at_desk(cast.admin))
    screen = Client()
    screen.post(reverse("kiosk:pair"), {"code": code})
    screen.post(reverse("kiosk:language"), {"language": "en"})
    return screen


def marks(client: Client, address: str, words: str) -> set[str]:
    """Return the tags in which words of the page's body stand."""
    body = client.get(address).content.decode().split("<body")[1]
    return set(re.findall(rf"(<[^>]*>)\s*{re.escape(words)}", body))


FRENCH = {'<bdi lang="fr">'}


def test_a_workshop_and_its_place_are_marked(kiosk, client, cast):
    workshop = open_workshop(cast, Actor.at_desk(cast.admin), title=TITLE)
    address = reverse("kiosk:workshop", args=[workshop.uid])
    for page in (reverse("kiosk:workshops"), address):
        assert marks(kiosk, page, TITLE) == FRENCH
        assert marks(kiosk, page, workshop.site.name) == FRENCH
    done = kiosk.post(address, {"without": "1", "phone": ""}).url
    assert marks(kiosk, done, workshop.site.name) == FRENCH
    assert marks(client, f"/en/ateliers/{workshop.uid}/", TITLE) == FRENCH


def test_the_place_of_a_time_is_marked_and_what_is_shipped_is_translated(kiosk, cast):
    cast.partner_opening.delete()
    cast.admin_help.label = "Ma messagerie et mes mots de passe"
    cast.admin_help.save()
    page = f"{reverse('kiosk:time')}?need={cast.admin_help.uid}"
    assert marks(kiosk, page, cast.empalot.name) == FRENCH
    slot = first_slots(Need(reason=cast.admin_help, for_self_service=True), limit=1)[0]
    page = f"{reverse('kiosk:book')}?slot={slot.token}"
    assert marks(kiosk, page, slot.site.name) == FRENCH
    assert marks(kiosk, page, "My e-mail and my passwords") == {"<br>"}
