"""Where what somebody types lies: a server of this machine stands for the Base Adresse Nationale."""

import json
import logging
from urllib.parse import parse_qs, urlsplit

import pytest

from mediation.territory.geocoding import locate
from mediation.territory.selectors import spot_within
from tests.kernel.web import serve


@pytest.fixture
def ban(settings):
    with serve() as web:
        settings.GEOCODER, settings.GEOCODER_URL = ("ban",), f"http://{web.host}:{urlsplit(web.url).port}"
        answer(web)
        yield web


def answer(web, *found):
    """Let the service find these: (label, latitude, longitude, INSEE code, score)."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {"label": label, "citycode": code, "score": score},
        }
        for label, latitude, longitude, code, score in found
    ]
    web.body = json.dumps({"type": "FeatureCollection", "features": features}).encode()


def asked(web):
    return [parse_qs(urlsplit(path).query)["q"][0] for path in web.paths]


BAYARD = ("12 Rue Bayard 31000 Toulouse", 43.6095, 1.4503, "31555", 0.97)
COLOMIERS = ("12 Rue Bayard 31770 Colomiers", 43.61, 1.33, "31149", 0.98)
PARIS = ("12 Rue Bayard 75008 Paris", 48.866, 2.306, "75108", 0.99)


def test_an_address_is_asked_for_in_the_words_that_were_typed(ban, cast):
    answer(ban, BAYARD)
    found = locate("12 rue Bayard")
    assert (found.spot.label, found.spot.latitude, found.spot.longitude) == BAYARD[:3]
    assert not found.is_listed
    (path,) = ban.paths
    assert parse_qs(urlsplit(path).query).keys() == {"q", "limit"}
    assert asked(ban) == ["12 rue Bayard"]
    assert not {"Cookie", "Referer"} & ban.requests[0].keys()


@pytest.mark.parametrize("text", ["31400", "Empalot", "quartier saint-agne"])
def test_a_quartier_or_a_postcode_is_asked_of_nobody(ban, cast, text):
    assert locate(text).is_listed
    assert ban.paths == []


def test_the_citys_own_street_comes_before_the_same_one_next_door(ban, cast):
    answer(ban, PARIS, COLOMIERS, BAYARD)
    assert locate("12 rue Bayard").spot.label == BAYARD[0]


def test_a_town_next_door_is_found_another_end_of_the_country_is_not(ban, cast):
    answer(ban, PARIS, COLOMIERS)
    assert locate("12 rue Bayard").spot.label == COLOMIERS[0]
    answer(ban, PARIS)
    assert locate("12 rue Bayard").spot is None
    assert asked(ban)[-1] == "12 rue Bayard Toulouse"


def test_a_guess_is_no_answer(ban, cast):
    answer(ban, (*BAYARD[:4], 0.31))
    assert locate("azerty").spot is None


@pytest.mark.parametrize("status", [500, 403])
def test_where_the_service_is_away_the_postcode_of_the_address_helps(ban, cast, status):
    ban.status = status
    found = locate("12 rue Bayard, 31400 Toulouse")
    assert found.is_down
    assert found.is_partly
    assert found.spot.label == "31400 Toulouse"


def test_what_the_service_refuses_to_look_for_is_not_found_and_nothing_is_down(ban, cast):
    """It answers 400 to fewer than three characters."""
    ban.status = 400
    found = locate("12")
    assert (found.spot, found.is_down) == (None, False)
    assert locate("À Empalot, 12").is_partly


def test_a_slow_service_is_not_waited_for(ban, cast, monkeypatch):
    monkeypatch.setattr("mediation.territory.geocoding.SECONDS", 0.2)
    ban.seconds_between_bytes = 0.5
    answer(ban, BAYARD)
    assert locate("12 rue Bayard").is_down


def test_without_the_setting_nobody_is_asked(ban, cast, settings):
    settings.GEOCODER = ()
    found = locate("12 rue Bayard")
    assert (found.spot, found.is_down, ban.paths) == (None, False, [])
    assert locate("3 rue des Lois à Empalot").is_partly


def test_what_was_typed_is_in_no_log(ban, cast, caplog):
    answer(ban, BAYARD)
    with caplog.at_level(logging.DEBUG):
        locate("12 rue Bayard")
    assert "Bayard" not in caplog.text


def test_part_of_an_address_is_understood(cast):
    assert spot_within("12 rue Bayard 31400 toulouse").label == "31400 Toulouse"
    assert spot_within("4 place du marché, Empalot").quartier == cast.empalot_quartier
    assert spot_within("12 rue Bayard") is None
