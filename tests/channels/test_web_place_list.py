"""What a list says of each place, on paper and on the map, and what it costs to say it."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from helpdesk.services.queue import take_ticket
from mediation.accounts.actor import Actor
from mediation.channels.web.selectors.memory import KEPT
from mediation.kernel.pages import WRITTEN
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


MOST_QUERIES = 12


def cost(client, address):
    WRITTEN.clear()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.fixture
def addresses(cast, now):
    everything = "step_free=on&open_now=on&computer_free=on&saturday=on&free_of_charge=on&near=31400&language=ar"
    return {
        "home": reverse("web:home"),
        "places": reverse("web:places"),
        "places, filtered": f"{reverse('web:places')}?{everything}",
        "place": reverse("web:place", args=[cast.empalot.uid]),
    }


@pytest.mark.parametrize("page", ["home", "places", "places, filtered", "place"])
def test_a_page_costs_few_queries_and_the_same_for_one_place_or_twenty(client, cast, addresses, page):
    cost(client, addresses[page])
    few = cost(client, addresses[page])
    for site in more_places(19):
        site.mediators.add(cast.amina_mediator)
    cost(client, addresses[page])
    assert cost(client, addresses[page]) == few <= MOST_QUERIES


@pytest.mark.parametrize("page", ["places", "place"])
def test_reading_anew_costs_the_same_for_one_place_or_twelve(client, cast, addresses, page):
    cost(client, addresses[page])
    KEPT.clear()
    few = cost(client, addresses[page])
    for site in more_places(10):
        site.mediators.add(cast.amina_mediator)
    KEPT.clear()
    assert cost(client, addresses[page]) == few


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
