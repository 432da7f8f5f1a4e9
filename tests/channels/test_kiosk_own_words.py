"""A city's own words on the kiosk, places and workshops: marked as French where the screens speak another language."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from helpdesk.selectors import Need, first_slots
from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device
from sites.models import Workstation
from tests.cast import at
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
    for words in (workshop.site.name, workshop.site.address, settings.NETWORK_NAME):
        assert marks(kiosk, done, words) == FRENCH, words
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


def test_what_is_printed_is_marked_too(kiosk, cast, now):
    cast.partner_opening.takes_tickets = True
    cast.partner_opening.save()
    cast.bellefontaine.opening_hours = "Mo-Sa 09:00-18:00"
    cast.bellefontaine.save()
    Workstation.objects.create(site=cast.bellefontaine, label="Poste du fond")
    number = kiosk.post(reverse("kiosk:computer_time"), {"when": "now"}).url
    for words in ("Poste du fond", cast.bellefontaine.name):
        assert marks(kiosk, number, words) == FRENCH
    assert 'data-french="Poste du fond"' in kiosk.get(number).content.decode()
    now.move_to(at(14, days=1))
    kiosk.post(reverse("kiosk:language"), {"language": "en"})
    number = kiosk.post(reverse("kiosk:ticket"), {"priority": "no"}).url
    assert marks(kiosk, number, cast.bellefontaine.name) == FRENCH
