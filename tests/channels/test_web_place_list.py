"""What a list says of each place, on paper and on the map."""

import re
from html import unescape

import pytest
from django.urls import reverse
from django.utils import translation

from helpdesk.services.queue import take_ticket
from mediation.accounts.actor import Actor
from sites.models import Workstation
from tests.cast import at
from tests.channels.lists import BELLEFONTAINE, EMPALOT, get, more_places, names, on_map


@pytest.mark.parametrize("language", ["fr", "ar"])
def test_the_map_says_every_word_of_the_list(client, cast, now, language):
    with translation.override(language):
        page, map_url = reverse("web:places"), reverse("web:map_places")
    text = unescape(re.sub("</?bdi>", "", client.get(page).content.decode()))
    places = client.get(map_url).json()["places"]
    assert [place["name"] for place in places] == [BELLEFONTAINE, EMPALOT]
    for place in places:
        assert len(place["lines"]) > 3
        for line in place["lines"]:
            assert line in text, line


def test_a_card_says_what_one_asks_on_the_telephone(client, cast, now):
    now.move_to(at(10, 30))
    Workstation.objects.update(equipment=["printer", "scanner"])
    lines = next(place["lines"] for place in on_map(client) if place["name"] == EMPALOT)
    said = " | ".join(lines).replace("\u2068", "").replace("\u2069", "").replace("\u00a0", " ")
    for words in (
        "Ouvert jusqu’à 18 h",
        "Premier rendez-vous : mar. 1er déc., 11 h 30",
        "1 ordinateur libre sur 1",
        "On peut imprimer et scanner",
        "On y parle aussi : العربية",
        "Accessible en fauteuil roulant",
    ):
        assert words in said, (words, said)


def test_two_who_wait_are_said_in_a_language_that_has_a_word_for_two(client, cast, now):
    cast.opening.takes_tickets = True
    cast.opening.save()
    for _number in range(2):
        take_ticket(site=cast.empalot, by=Actor.at_desk(cast.claire))
    with translation.override("ar"):
        address = reverse("web:places")
    assert client.get(address).status_code == 200


def test_a_map_holds_every_place_of_the_list_whatever_its_page(client, cast, now):
    more_places(20)
    listed = [name for page in (1, 2) for name in names(get(client, page=page))]
    assert [place["name"] for place in on_map(client)] == listed
    assert len(listed) == 22


def test_the_outlines_of_the_quartiers(client, cast):
    answer = client.get(reverse("web:map_quartiers")).json()
    assert answer["features"][0]["properties"]["name"] == "Saint-Michel / Empalot"


def test_nothing_that_is_shown_is_older_than_a_minute(client, cast, now):
    now.move_to(at(10, 30))
    assert "1 ordinateur libre" in get(client).content.decode()
    Workstation.objects.update(state="in_use")
    now.shift(61)
    assert "Aucun ordinateur libre en ce moment" in get(client).content.decode()


def test_what_is_remembered_is_in_the_language_that_is_read(client, cast, now):
    french = get(client).content.decode()
    with translation.override("es"):
        address = reverse("web:places")
    assert "Fermé" in french
    assert "Fermé" not in client.get(address).content.decode()
