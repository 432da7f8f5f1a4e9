"""The shipped reference files hold what the application relies on."""

import csv
import json
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from opening_hours import OpeningHours
from shapely.geometry import Point, shape

from sites.imports import curated

PROJECT = Path(__file__).resolve().parents[1]
GSM7 = set(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
THEMES = {
    "Papiers - Élections - Citoyenneté",
    "Famille - Scolarité",
    "Social - Santé",
    "Travail - Formation - Entreprise",
    "Logement",
    "Transports - Mobilité",
    "Argent - Impôts",
    "Justice",
    "Étrangers - Europe",
    "Loisirs - Sports - Culture",
    "Associations",
}


def rows(path):
    with (PROJECT / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def toulouse():
    return rows("sites/data/toulouse.csv")


@pytest.fixture(scope="module")
def france_services():
    return rows("sites/data/france_services_31.csv")


@pytest.fixture(scope="module")
def quartiers():
    features = json.loads((PROJECT / "mediation/territory/data/quartiers.geojson").read_text())["features"]
    return {feature["properties"]["number"]: feature for feature in features}


def test_counts(toulouse, france_services, quartiers):
    assert (len(toulouse), len(france_services), len(quartiers)) == (100, 27, 20)
    assert len(rows("mediation/territory/data/communes.csv")) == 586


def test_every_postcode_of_the_department_lies_in_it():
    postcodes = {row["postcode"]: row for row in rows("mediation/territory/data/postcodes.csv")}
    communes = {code for row in rows("mediation/territory/data/communes.csv") for code in row["postcodes"].split("|")}
    assert {"31000", "31100", "31200", "31300", "31400", "31500"} <= postcodes.keys() <= communes
    for row in postcodes.values():
        assert 42.6 < float(row["latitude"]) < 44.0, row
        assert 0.4 < float(row["longitude"]) < 2.1, row


def test_places_are_written_as_printed_french():
    for place in [*(place for _name, place in curated.toulouse()), *curated.france_services()]:
        assert not any("'" in place[name] for name in curated.PRINTED), place["name"]


def test_each_place_has_its_own_id_and_a_short_name_that_fits_a_message(toulouse, france_services):
    places = [*toulouse, *france_services]
    assert len({place["id"] for place in places}) == len(places)
    assert len({place["short_name"] for place in places}) == len(places)
    for place in places:
        assert set(place["short_name"]) <= GSM7, place["id"]
        assert len(place["short_name"]) <= 48, place["id"]
        assert place["locative"].startswith(("à la ", "à l'", "au ")), place["id"]


def test_each_place_of_toulouse_stands_in_its_quartier_and_in_no_other(toulouse, quartiers):
    outlines = {number: shape(feature["geometry"]) for number, feature in quartiers.items()}
    for place in toulouse:
        point = Point(float(place["longitude"]), float(place["latitude"]))
        found = [number for number, outline in outlines.items() if outline.covers(point)]
        assert found == [int(place["quartier"])], place["id"]
    assert {int(place["quartier"]) for place in toulouse} == set(quartiers)


def test_population_of_the_quartiers_is_the_census_total(quartiers):
    assert sum(feature["properties"]["population"] for feature in quartiers.values()) == pytest.approx(471_941, abs=10)
    assert all(len(feature["properties"]["short_name"]) <= 40 for feature in quartiers.values())


def test_opening_hours_are_readable_and_each_place_of_toulouse_has_demonstration_hours(toulouse, france_services):
    demo_hours = rows("sites/data/demo_hours.csv")
    assert [row["id"] for row in demo_hours] == [place["id"] for place in toulouse]
    for row in [*demo_hours, *france_services]:
        OpeningHours(row["opening_hours"])


def test_no_contact_data_is_shipped():
    for path in PROJECT.glob("sites/data/*.csv"):
        assert "@" not in path.read_text(encoding="utf-8"), path.name


def test_school_holidays_follow_each_other():
    holidays = rows("mediation/territory/data/school_holidays.csv")
    spans = [(date.fromisoformat(row["starts_on"]), date.fromisoformat(row["ends_on"])) for row in holidays]
    assert all(start <= end for start, end in spans)
    assert all(end < following for (_, end), (following, _) in pairwise(spans))


def test_every_demarche_is_complete():
    entries = json.loads((PROJECT / "mediation/activity/data/demarches.json").read_text())
    assert len({entry["slug"] for entry in entries}) == len(entries) == 38
    assert {entry["theme"] for entry in entries} == THEMES
    for entry in entries:
        assert entry["level"] in {"commune", "métropole", "département", "État"}, entry["slug"]
        assert all((entry["what_to_bring"], entry["everyday_words"], entry["otherwise"]["counter"])), entry["slug"]
        assert entry["online_url"].startswith("https://"), entry["slug"]
