"""Beside each telephone number: the service through which deaf, hard-of-hearing and aphasic people call."""

import pytest
from django.test import Client
from django.urls import reverse

from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

RELAY = "https://relais.example.org/toulouse/"
LINK = f'href="{RELAY}"'


@pytest.fixture
def relay(settings):
    settings.NETWORK_RELAY_URL = RELAY


@pytest.fixture
def kiosk(cast):
    _device, code = add_device(site=cast.empalot, name="Borne", by=Actor.at_desk(cast.admin))
    screen = Client()
    screen.post(reverse("kiosk:pair"), {"code": code})
    return screen


def text(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("name", ["web:home", "web:legal", "web:privacy", "web:appointment", "web:call_back"])
def test_it_stands_as_often_as_the_number_does(client, cast, relay, name):
    page = text(client.get(reverse(name)))
    numbers = page.count('class="phone-link"')
    assert numbers
    assert page.count(LINK) == numbers


def test_a_place_s_own_number_has_it_too(client, cast, relay):
    page = text(client.get(reverse("web:place", args=[cast.empalot.uid])))
    assert page.count(LINK) == page.count('class="phone-link"') == 2


def test_without_the_setting_nothing_is_said(client, cast, kiosk):
    for response in (client.get(reverse("web:home")), kiosk.get(reverse("kiosk:start"))):
        assert "aphasiques" not in text(response)


def test_a_kiosk_says_the_address_and_opens_nothing(kiosk, relay):
    page = text(kiosk.get(reverse("kiosk:start"), follow=True))
    assert "<bdi>relais.example.org/toulouse</bdi>" in page
    assert LINK not in page
