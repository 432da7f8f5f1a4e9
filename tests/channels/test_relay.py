"""Beside each telephone number: the service through which deaf, hard-of-hearing and aphasic people call."""

import pytest
from django.test import Client
from django.urls import reverse

from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.wording import Words, render
from tests.cast import at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

RELAY = "https://relais.example.org/toulouse/"
LINK = f'href="{RELAY}"'
BOOKED = Words(starts_at=at(14, 30), place="médiathèque Empalot", reference="48210733")


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


def test_so_does_the_number_of_each_organisation(client, cast, relay):
    page = text(client.get(reverse("web:privacy")))
    assert f"<bdi>{cast.mairie.phone}</bdi>" in page
    assert page.count(LINK) == page.count('class="phone-link"') == 4, "two of the network, one of each organisation"


def test_a_failure_says_it_beside_the_number(cast, relay, monkeypatch):
    def fail(*_args, **_kwargs):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr("mediation.channels.web.views.texts.render", fail)
    answer = Client(raise_request_exception=False).get(reverse("web:legal"))
    assert answer.status_code == 500
    assert text(answer).count(LINK) == text(answer).count('class="phone-link"') == 1


def test_without_the_setting_nothing_is_said(client, cast, kiosk):
    for response in (client.get(reverse("web:home")), kiosk.get(reverse("kiosk:start"))):
        assert "aphasiques" not in text(response)


def test_a_kiosk_says_the_address_and_opens_nothing(kiosk, relay):
    page = text(kiosk.get(reverse("kiosk:start"), follow=True))
    assert "<bdi>relais.example.org/toulouse</bdi>" in page
    assert LINK not in page


SAID = {"fr": "appelez par le relais", "ar": "اتصلوا عبر خدمة relais", "uk": "relais"}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("medium", [Medium.EMAIL, Medium.LETTER])
def test_what_is_written_says_how_deaf_people_call(settings, medium, language):
    settings.NETWORK_RELAY_URL = ""
    said = render(MessageKind.BOOKED, medium, BOOKED, language=language)
    settings.NETWORK_RELAY_URL = RELAY
    with_relay = render(MessageKind.BOOKED, medium, BOOKED, language=language)
    assert with_relay.startswith(said), "beside the number, at the end"
    line = with_relay.removeprefix(said)
    assert SAID[language] in line
    assert line.rstrip().endswith("relais.example.org/toulouse")
    assert "<" not in line
