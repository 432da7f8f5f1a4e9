"""Filters stand in the address; list and map say the same."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from directory.models import Mediator
from sites.models import Closure, Site, Workstation
from tests.cast import at
from tests.channels.lists import BELLEFONTAINE, EMPALOT, get, names, on_map, send


@pytest.fixture
def described(cast):
    """Two places that differ in everything one may ask."""
    Site.objects.filter(pk=cast.empalot.pk).update(
        services=["Aide aux démarches administratives"],
        audiences=["Étudiants"],
        programmes=["Point d'accès numérique CAF"],
        fees=["Gratuit"],
    )
    Site.objects.filter(pk=cast.bellefontaine.pk).update(
        services=["Loisirs et créations numériques"],
        audiences=["Seniors"],
        programmes=["France Services"],
        fees=["Gratuit sous condition"],
        step_free=False,
    )
    return cast


@pytest.mark.parametrize(
    "query",
    [
        {"text": "empalot"},
        {"service": "Aide aux démarches administratives"},
        {"step_free": "on"},
        {"language": "ar"},
        {"saturday": "on"},
        {"audience": "Étudiants"},
        {"programme": "Point d'accès numérique CAF"},
        {"free_of_charge": "on"},
        {"computer_free": "on"},
        {"quartier": "own"},
    ],
    ids=lambda query: next(iter(query)),
)
def test_each_filter_narrows_the_list_and_the_map_alike(client, described, now, query):
    now.move_to(at(10, 30))
    if query.get("quartier"):
        query = {"quartier": described.empalot_quartier.pk}
    response = get(client, **query)
    assert names(response) == [EMPALOT]
    assert [place["name"] for place in on_map(client, **query)] == [EMPALOT]
    assert response.content.decode().count('class="chip"') == 1


@pytest.mark.parametrize(
    ("hour", "found"), [(9, [BELLEFONTAINE]), (13, [EMPALOT]), (11, [BELLEFONTAINE, EMPALOT]), (20, [])]
)
def test_open_now_follows_the_clock(client, cast, now, hour, found):
    now.move_to(at(hour, 30))
    assert names(get(client, open_now="on")) == found


def test_a_place_that_is_closed_today_is_not_open_now(client, cast, now):
    now.move_to(at(10, 30))
    Closure.objects.create(site=cast.empalot, starts_on=at(10).date(), ends_on=at(10).date())
    assert names(get(client, open_now="on")) == [BELLEFONTAINE]
    assert names(get(client, computer_free="on")) == []


def test_a_computer_is_free_where_nobody_sits_and_the_door_is_open(client, cast, now):
    assert names(get(client, computer_free="on")) == [], "the library opens at ten"
    now.move_to(at(10, 30))
    assert names(get(client, computer_free="on")) == [EMPALOT]
    Workstation.objects.update(state="in_use")
    now.shift(61)
    assert names(get(client, computer_free="on")) == []


def test_soon_is_within_a_week(client, cast, now):
    cast.partner_opening.first_day = at(9, days=8).date()
    cast.partner_opening.save()
    assert names(get(client, soon="on")) == [EMPALOT]


def test_a_place_that_names_nobody_is_for_everybody(client, described, now):
    Site.objects.filter(pk=described.bellefontaine.pk).update(audiences=[])
    assert names(get(client, audience="Étudiants")) == [BELLEFONTAINE, EMPALOT]


def test_a_speaker_who_left_speaks_there_no_longer(client, cast, now):
    Mediator.objects.update(is_active=False)
    assert names(get(client, language="ar")) == []


def test_a_filter_is_taken_away_and_the_others_stay(client, described, now):
    text = get(client, step_free="on", free_of_charge="on", service="Aide aux démarches administratives")
    assert "(2 choisis)" in text.content.decode()
    answer = send(
        client,
        step_free="on",
        free_of_charge="on",
        service="Aide aux démarches administratives",
        without="free_of_charge",
    )
    kept = {"step_free": ["on"], "service": ["Aide aux démarches administratives"]}
    assert parse_qs(urlsplit(answer.url).query) == kept


def test_nothing_found_says_what_to_do(client, cast, now):
    text = get(client, language="uk").content.decode()
    assert "Aucun lieu ne correspond" in text
    assert reverse("web:call_back") in text or "appelez-nous" in text


def test_what_no_list_holds_is_no_filter(client, cast, now):
    assert len(names(get(client, service="Rien", quartier="zéro", page="-3"))) == 2
