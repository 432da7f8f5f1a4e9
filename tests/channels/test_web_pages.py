"""Public pages: home, places as a list and as a map, one place, démarches, workshops, what the law asks."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from helpdesk.services.queue import take_ticket
from mediation.accounts.actor import Actor, Door
from sites.models import Site
from tests.cast import at
from workshops.models import Registration
from workshops.services import open_workshop


@pytest.fixture
def workshop(cast, now):
    return open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers pas",
        starts_at=at(18, days=2),
        ends_at=at(20, days=2),
        capacity=1,
        by=Actor(door=Door.COMMAND),
    )


def text_of(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(f"web:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_home_asks_what_is_needed(client, cast):
    text = text_of(client, "home")
    assert "De quoi avez-vous besoin ?" in text
    assert len(re.findall(r'class="answer"', text)) == 5
    assert f"need={cast.any_need.uid}" in text


def test_home_without_any_reason_still_gives_the_number(client, db, settings):
    text = text_of(client, "home")
    assert settings.NETWORK_PHONE in text
    assert "Prendre un rendez-vous" not in text


def test_list_and_map_say_the_same(client, cast, workshop):
    text = text_of(client, "places")
    points = client.get(reverse("web:map_places")).json()["places"]
    assert {point["name"] for point in points} == {"Médiathèque Empalot", "Centre social Bellefontaine"}
    for point in points:
        assert point["name"] in text
        for line in point["lines"]:
            assert line in text.replace("&#x27;", "'"), line
    assert "Premiers pas" in text
    assert "العربية" in text


@pytest.mark.parametrize("query", ["?text=empalot", "?step_free=on", "?language=ar", "?saturday=on"])
def test_filters_narrow_the_list_and_the_map_alike(client, cast, now, query):
    text = text_of(client, "places", query=query)
    points = client.get(reverse("web:map_places") + query).json()["places"]
    assert [point["name"] for point in points] == ["Médiathèque Empalot"]
    assert "Centre social Bellefontaine" not in text


def test_what_is_not_published_is_not_shown(client, cast):
    Site.objects.filter(pk=cast.empalot.pk).update(is_published=False)
    assert "Médiathèque Empalot" not in text_of(client, "places")
    assert client.get(reverse("web:place", args=[cast.empalot.uid])).status_code == 404


@pytest.mark.parametrize("rows", [1, 12])
def test_the_list_costs_the_same_for_one_place_or_twelve(client, cast, now, rows, django_assert_num_queries):
    for number in range(rows - 1):
        site = Site.objects.create(
            national_id=f"x-{number}", name=f"Lieu {number}", address="1 rue", postcode="31000", commune_name="Toulouse"
        )
        site.mediators.add(cast.amina_mediator)
    client.get(reverse("web:places"))
    with django_assert_num_queries(16):
        client.get(reverse("web:places"))


def test_computers_are_free_where_the_place_is_open(client, cast, workshop, now):
    assert "poste libre" not in text_of(client, "place", cast.empalot.uid)
    now.move_to(at(11))
    assert "1 poste libre sur 1." in text_of(client, "place", cast.empalot.uid)


def test_a_place_tells_hours_computers_and_how_to_book(client, cast, workshop):
    text = text_of(client, "place", cast.empalot.uid)
    assert "Mercredi" in text or "mercredi 2 décembre" in text
    assert "1 poste informatique." in text, "a place that is shut has no computer free"
    assert "imprimante" in text
    assert "Premiers pas" in text
    assert f"?place={cast.empalot.uid}" in text
    assert "<svg" in text.split("leaflet-foot")[1]


def test_a_demarche_tells_what_to_bring_and_the_nearest_help(client, cast, now):
    cast.caf.what_to_bring = ["Numéro d’allocataire"]
    cast.caf.everyday_words = ["APL"]
    cast.caf.save()
    assert "CAF" in text_of(client, "demarches", query="?text=apl")
    assert "pas dans notre liste" in text_of(client, "demarches", query="?text=zzz")
    text = text_of(client, "demarche", "caf")
    assert "Numéro d’allocataire" in text
    assert "Médiathèque Empalot" in text


def test_the_outlines_of_the_quartiers(client, cast):
    answer = client.get(reverse("web:map_quartiers")).json()
    assert answer["features"][0]["properties"]["name"] == "Saint-Michel / Empalot"


@pytest.mark.parametrize("name", ["accessibility", "legal", "privacy"])
def test_every_page_leads_to_what_the_law_asks(client, cast, name):
    assert reverse(f"web:{name}") in text_of(client, "home")
    assert cast.mairie.name in text_of(client, "privacy")
    text_of(client, name)


def register(client, workshop, **fields):
    return client.post(reverse("web:workshop", args=[workshop.uid]), {"first_name": "Odette", **fields}, follow=True)


def test_a_resident_registers_then_the_next_one_waits_if_they_wish(client, cast, workshop):
    assert "1 place restante" in text_of(client, "workshops")
    first = register(client, workshop).content.decode()
    assert "votre place est réservée" in first
    full = register(client, workshop, first_name="Marcel").content.decode()
    assert "Complet : vous seriez 1re sur la liste" in full
    assert Registration.objects.count() == 1
    waiting = register(client, workshop, first_name="Marcel", waits="on").content.decode()
    assert "Vous êtes 1re sur la liste d’attente" in waiting
    assert Registration.objects.count() == 2


def test_a_registration_is_found_and_given_back(client, cast, workshop):
    register(client, workshop)
    registration = Registration.objects.get()
    client.cookies.clear()
    found = client.post(
        reverse("web:appointment"), {"reference": registration.reference, "secret": registration.code}, follow=True
    )
    assert "Mon atelier" in found.content.decode()
    question = client.get(reverse("web:appointment_cancel")).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', question).group(1)
    answer = client.post(reverse("web:appointment_cancel"), {"token": token}, follow=True).content.decode()
    assert "Vous n’êtes plus inscrit" in answer


def test_a_workshop_that_began_is_not_offered(client, cast, workshop, now):
    now.shift(dt.timedelta(days=3))
    assert client.get(reverse("web:workshop", args=[workshop.uid])).status_code == 404
    assert "Pas d’atelier prévu" in text_of(client, "workshops")


def test_a_queue_that_is_open_says_how_many_wait_and_how_long(cast, now, client):
    cast.opening.takes_tickets = True
    cast.opening.save()
    for _number in range(2):
        take_ticket(site=cast.empalot, by=Actor.at_desk(cast.claire))
    for address in (reverse("web:places"), reverse("web:place", args=[cast.empalot.uid])):
        assert "2 personnes attendent, environ 40" in client.get(address).content.decode()
    now.move_to(at(12))
    assert "Sans rendez-vous" not in client.get(reverse("web:places")).content.decode()
