"""Finding a place around what was typed: it stands in the address only where it says nothing of a person."""

import json
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from mediation.channels.attempts import ADDRESS_SEARCHES
from tests.channels.lists import BELLEFONTAINE, EMPALOT, NEXT_TO_BELLEFONTAINE, get, more_places, names, send
from tests.kernel.web import serve


def test_a_quartier_leads_to_an_address_that_can_be_kept(client, cast, now):
    answer = send(client, near="Empalot", step_free="on")
    assert answer.status_code == 302
    address = urlsplit(answer.url)
    assert parse_qs(address.query) == {"near": ["Empalot"], "step_free": ["on"]}
    assert not answer.cookies
    text = client.get(answer.url).content.decode()
    assert "du plus proche au plus loin autour de <strong><bdi>Saint-Michel / Empalot" in text


@pytest.mark.parametrize(("near", "first"), [("31400", EMPALOT), ("31100", BELLEFONTAINE)])
def test_the_nearest_place_comes_first_with_its_distance(client, cast, now, near, first):
    response = get(client, near=near)
    assert names(response)[0] == first
    assert re.search(r"à \d+ m environ|à \d,\d km environ", response.content.decode())


def test_a_position_is_read_from_the_body_and_written_in_no_address(client, cast, now):
    answer = send(client, here=NEXT_TO_BELLEFONTAINE)
    assert answer.status_code == 200
    assert names(answer) == [BELLEFONTAINE, EMPALOT]
    text = answer.content.decode()
    assert "à 50 m environ" in text
    assert "votre position" in text
    assert not answer.cookies
    assert answer["Cache-Control"] == "no-store"
    for address in re.findall(r'(?:href|action|data-map|data-address)="([^"]*)"', text):
        assert "43.56" not in address


def test_a_street_without_address_service_says_what_to_do(client, cast, now):
    answer = send(client, near="12 rue Bayard")
    assert "Écrivez votre quartier ou votre code postal, ou appelez-nous." in answer.content.decode()
    assert sorted(names(answer)) == [BELLEFONTAINE, EMPALOT]
    assert "Bayard" not in " ".join(re.findall(r'href="([^"]*)"', answer.content.decode()))


def test_of_a_street_the_postcode_is_understood(client, cast, now):
    answer = send(client, near="12 rue Bayard, 31400 Toulouse")
    assert answer.status_code == 200
    assert "31400 Toulouse." in answer.content.decode().partition("autour de ce point")[2]
    assert names(answer)[0] == EMPALOT


@pytest.fixture
def ban(settings):
    """The Base Adresse Nationale, on this machine, which knows one address."""
    with serve() as web:
        settings.GEOCODER, settings.GEOCODER_URL = ("ban",), f"http://{web.host}:{urlsplit(web.url).port}"
        feature = {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [1.3992, 43.5642]},
            "properties": {"label": "3 Allée Jean Griffon 31100 Toulouse", "citycode": "31555", "score": 0.95},
        }
        web.body = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
        yield web


def test_an_address_is_found_and_stays_out_of_every_address(client, cast, now, ban):
    answer = send(client, near="3 allée Jean Griffon", step_free="")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "autour de <strong><bdi>3 Allée Jean Griffon 31100 Toulouse" in text
    assert names(answer) == [BELLEFONTAINE, EMPALOT]
    links = re.findall(r'(?:href|action|data-map|data-address)="([^"]*)"', text)
    assert not [link for link in links if "Griffon" in link or "43.56" in link]


def test_a_service_that_fails_says_so_and_shows_every_place(client, cast, now, ban):
    ban.status = 503
    answer = send(client, near="3 allée Jean Griffon")
    assert "La recherche d’adresses ne répond pas" in answer.content.decode()
    assert len(names(answer)) == 2


def test_only_what_is_sent_asks_the_service_and_not_without_end(client, cast, now, ban, monkeypatch):
    get(client, near="3 allée Jean Griffon")
    assert ban.paths == []
    monkeypatch.setattr(type(ADDRESS_SEARCHES), "is_reached", lambda *_args: True)
    send(client, near="3 allée Jean Griffon")
    assert ban.paths == []


def test_the_name_of_a_place_is_no_address(client, cast, now, ban):
    answer = send(client, near="centre social")
    assert parse_qs(urlsplit(answer.url).query) == {"text": ["centre social"]}
    assert names(client.get(answer.url)) == [BELLEFONTAINE]
    assert ban.paths == []


def test_no_token_and_no_cookie_are_needed(cast, now):
    strict = Client(enforce_csrf_checks=True)
    assert not get(strict).cookies
    assert send(strict, near="Empalot").status_code == 302
    assert not strict.cookies


@pytest.mark.parametrize("here", ["43.5,abc", "999999,1", "91,200", "', DROP", "43.5"])
def test_a_position_that_is_none_is_left_out(client, cast, now, here):
    answer = send(client, here=here)
    assert answer.status_code in {200, 302}


def test_pages_of_a_list_without_address_are_asked_for_by_its_form(client, cast, now):
    more_places(20)
    first, second = (send(client, here="43.60,1.44", page=page) for page in (1, 2))
    assert "Plus loin" in first.content.decode()
    assert "Plus près" in second.content.decode()
    assert not set(names(first)) & set(names(second))
