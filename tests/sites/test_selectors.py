"""Places as lists and maps show them, and as people look for them."""

import datetime as dt

import pytest

from mediation.territory.services import load_territory
from sites.enums import Service, WorkstationState
from sites.filters import PlaceFilter
from sites.geography import distance_km
from sites.models import Site, Workstation
from sites.selectors import PlaceCard, place_cards
from tests.cast import NOW, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

CAPITOLE = (43.6043, 1.4437)


def card_of(site: Site, moment: dt.datetime, **where) -> PlaceCard:
    return next(card for card in place_cards(Site.objects.all(), moment, **where) if card.site == site)


def names(**asked) -> list[str]:
    """Return the places that the public filter finds."""
    return [site.name for site in PlaceFilter(asked, Site.objects.published()).qs]


def test_distance_is_that_of_the_crow():
    assert distance_km(CAPITOLE, CAPITOLE) == 0
    assert distance_km(CAPITOLE, (48.8566, 2.3522)) == pytest.approx(589, abs=2)


def test_cards_say_status_computers_languages_and_distance(cast):
    for rank, state in enumerate(WorkstationState):
        Workstation.objects.create(site=cast.empalot, label=f"Autre {rank}", state=state)
    card = card_of(cast.empalot, at(10), near=CAPITOLE)
    assert (card.free_computers, card.total_computers) == (2, 3)
    assert card.languages == ("ar", "fr")
    assert card.status.is_open is True
    assert card.distance_km == pytest.approx(2.8, abs=0.1)


def test_no_computer_is_free_behind_a_door_that_is_closed_or_closes_at_once(cast, now):
    Site.objects.filter(pk=cast.empalot.pk).update(opening_hours="Mo-Su 10:00-18:00")
    for hour, free in ((9, 0), (10, 1), (17.75, 1), (17.8, 0)):
        moment = at(0) + dt.timedelta(hours=hour)
        assert card_of(cast.empalot, moment).free_computers == free, moment


def test_cards_stand_nearest_first_and_unplaced_last(cast):
    Site.objects.create(national_id="x", name="A", address="1 rue", postcode="31000", commune_name="Toulouse")
    assert place_cards(Site.objects.all(), NOW)[0].site.name == "A"
    near_bellefontaine = place_cards(Site.objects.all(), NOW, near=(43.5640, 1.3990))
    assert [card.site.name for card in near_bellefontaine] == [
        "Centre social Bellefontaine",
        "Médiathèque Empalot",
        "A",
    ]


def test_cards_cost_the_same_for_few_or_many(cast, django_assert_num_queries):
    with django_assert_num_queries(3):
        place_cards(Site.objects.published(), NOW)
    for rank in range(20):
        site = Site.objects.create(
            national_id=str(rank), name=f"Lieu {rank}", address="1 rue", postcode="31000", commune_name="Toulouse"
        )
        site.mediators.add(cast.amina_mediator)
    with django_assert_num_queries(3):
        place_cards(Site.objects.published(), NOW)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Centre social Bellefontaine", "Médiathèque Empalot"]),
        ({"text": "MEDIATHEQUE  empalot"}, ["Médiathèque Empalot"]),
        ({"text": "saint-agne"}, ["Médiathèque Empalot"]),
        ({"text": "jean"}, ["Centre social Bellefontaine", "Médiathèque Empalot"]),
        ({"text": "31100"}, ["Centre social Bellefontaine"]),
        ({"text": "capitole"}, []),
        ({"service": Service.ACCESS}, ["Médiathèque Empalot"]),
        ({"service": Service.JOBS}, []),
        ({"language": "ar"}, ["Médiathèque Empalot"]),
        ({"language": "en"}, ["Centre social Bellefontaine"]),
        ({"step_free": "on"}, ["Médiathèque Empalot"]),
        ({"saturday": "on"}, ["Médiathèque Empalot"]),
        ({"saturday": "on", "language": "en"}, []),
    ],
)
def test_people_find_places_by_what_they_need(cast, asked, found):
    Site.objects.filter(pk=cast.empalot.pk).update(services=[Service.ACCESS, Service.ADMIN])
    assert names(**asked) == found


def test_people_find_places_by_quartier(cast):
    assert names(quartier=cast.empalot_quartier.pk) == ["Médiathèque Empalot"]


def test_saturday_is_an_ordinary_one(cast):
    load_territory()
    Site.objects.filter(pk=cast.empalot.pk).update(opening_hours="Mo-Sa 10:00-18:00; SH off")
    assert names(saturday="on") == ["Médiathèque Empalot"]


def test_an_empty_form_is_no_filter(cast):
    assert PlaceFilter({}, Site.objects.all()).form.changed_data == []
    assert PlaceFilter({"step_free": "on"}, Site.objects.all()).form.changed_data == ["step_free"]
