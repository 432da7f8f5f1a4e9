"""Files that are not in the national standard: an older one, the city’s buildings, the France services."""

import pytest

from mediation.territory.services import load_territory
from sites.enums import FileFormat, Programme, RowResult, Service
from sites.imports import france_services, toulouse_erp
from sites.imports.rows import RowRefused
from sites.models import Site
from tests.sites.files import DATA, FILES, results, run

pytestmark = pytest.mark.django_db


def test_the_pre_1_0_file_is_read_through_the_labels_of_1_0():
    report = run((DATA / "pre_1_0_extract.json").read_bytes())
    assert results(report) == ["created"] * 3
    site = Site.objects.get(name="Anonymal")
    assert site.address == "1 PLACE VICTOR SCHOELCHER"
    assert site.postcode == "13100"
    assert site.programmes == [Programme.CONUM, Programme.AIDANTS_CONNECT]
    assert site.services[0] == Service.ADMIN
    assert len(site.services) == len(set(site.services))
    assert Site.objects.filter(pivot="00000000000000").exists()
    assert results(run((DATA / "pre_1_0_extract.json").read_bytes())) == ["unchanged"] * 3


def test_buildings_of_other_kinds_are_ignored_and_names_readable():
    load_territory()
    report = run(FILES[FileFormat.TOULOUSE_ERP].read_bytes(), FileFormat.TOULOUSE_ERP)
    assert report.count(RowResult.IGNORED) == 2
    assert set(Site.objects.values_list("name", flat=True)) >= {
        "Médiathèque Empalot",
        "Foyer Chambery",
        "Mairie Annexe des Sept Deniers",
    }
    empalot = Site.objects.get(name="Médiathèque Empalot")
    assert empalot.quartier.number == 5
    assert empalot.locative == "à la médiathèque Empalot"


@pytest.mark.parametrize(
    ("capitals", "words"),
    [
        ("AV DES ECOLES JULES JULIEN", "Avenue des Ecoles Jules Julien"),
        ("LOCAUX ASS DU CHATEAU DE L'HERS", "Locaux Association du Château de l'Hers"),
        ("CLUB 3EME AGE", "Club 3e Age"),
        ("", ""),
    ],
)
def test_capitals_become_readable(capitals, words):
    assert toulouse_erp.readable(capitals) == words


def test_france_services_bring_their_hours_and_what_the_label_guarantees():
    run(FILES[FileFormat.FRANCE_SERVICES].read_bytes(), FileFormat.FRANCE_SERVICES)
    auterive = Site.objects.get(national_id="fs-181")
    assert auterive.opening_hours == "Mo-Fr 09:00-12:30,13:30-17:00"
    assert auterive.name == "France services Auterive"
    assert Service.ADMIN in auterive.services
    assert auterive.phone == "+33536490020"


def test_one_departement_is_kept_of_a_national_list():
    content = FILES[FileFormat.FRANCE_SERVICES].read_bytes()
    report = run(content, FileFormat.FRANCE_SERVICES, insee_prefix="31")
    assert report.count(RowResult.IGNORED) == 3
    assert set(Site.objects.values_list("insee_code", flat=True)) == {"31033", "31584", "31555"}


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("", ()),
        ("00:00 - 00:00", ()),
        ("09:00 - 12:00 / 13:30 - 17:00", (("09:00", "12:00"), ("13:30", "17:00"))),
        ("13:30 - 17:00 / 9:00 - 12:00", (("09:00", "12:00"), ("13:30", "17:00"))),
        ("00:00 - 00:00 / 09:00 - 12:00", (("09:00", "12:00"),)),
        ("09:00 - 12:00 / 09:00 - 16:30 / 14:00 - 16:30", (("09:00", "16:30"),)),
    ],
)
def test_a_days_hours_are_read(cell, spans):
    assert france_services.read_day(cell) == spans


@pytest.mark.parametrize("cell", ["sur rendez-vous", "09:00 -", "17:00 - 09:00", "25:00 - 26:00"])
def test_hours_that_cannot_be_are_refused(cell):
    with pytest.raises(ValueError, match="«"):
        france_services.read_day(cell)
    row = {"id_fs": "9", "lib_fs": "FS", "adresse": "1 rue", "code_postal": "31000", "lib_com": "Toulouse"}
    with pytest.raises(RowRefused, match="h_lundi"):
        france_services.map_row({**row, "latitude": "43.6", "longitude": "1.4", "h_lundi": cell})


@pytest.mark.parametrize(
    ("days", "hours"),
    [
        ({}, ""),
        ({"Mo": "9-12", "Tu": "9-12", "We": "9-12"}, "Mo-We 9-12"),
        ({"Mo": "9-12", "We": "9-12", "Th": "9-12"}, "Mo 9-12; We-Th 9-12"),
        ({"Mo": "9-12", "Tu": "9-17", "Sa": "9-12"}, "Mo 9-12; Tu 9-17; Sa 9-12"),
    ],
)
def test_neighbouring_days_of_the_same_hours_stand_together(days, hours):
    spans = {day: (tuple(text.split("-")),) for day, text in days.items()}
    assert france_services.opening_hours(spans) == hours
