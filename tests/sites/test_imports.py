"""Files of places: every row accounted for, nothing written twice, nothing of ours undone."""

import csv
import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from mediation.accounts.actor import Actor, Door
from mediation.territory.services import load_territory
from sites.enums import FileFormat, Programme, RowResult, Service
from sites.imports import france_services, toulouse_erp
from sites.imports.reading import UnreadableFile
from sites.imports.rows import RowRefused
from sites.models import Site
from sites.national import COLUMNS
from sites.services import import_sites, load_places, update_site

pytestmark = pytest.mark.django_db

DATA = Path(__file__).parent / "data"
EXAMPLE = DATA / "standard-mediation-num_exemple-valide.csv"
FILES = {
    FileFormat.NATIONAL: EXAMPLE,
    FileFormat.TOULOUSE_ERP: DATA / "toulouse_erp_extract.geojson",
    FileFormat.FRANCE_SERVICES: DATA / "france_services_extract.csv",
}
SOMEBODY = Actor(Door.COMMAND)


def run(content: bytes | str, file_format: FileFormat = FileFormat.NATIONAL, **options):
    """Import a file and return the report."""
    content = content.encode() if isinstance(content, str) else content
    return import_sites(content=content, file_format=file_format, by=SOMEBODY, **options)


def results(report) -> list[str]:
    """Return what became of each row."""
    return [outcome.result.value for outcome in report.outcomes]


def national(*rows: dict[str, str], delimiter: str = ",") -> str:
    """Return a national file: the official example, with some cells changed, once for each of ``rows``."""
    example = next(csv.DictReader(io.StringIO(EXAMPLE.read_text(encoding="utf-8"))))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [column.name for column in COLUMNS], delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**example, **row} for row in rows)
    return buffer.getvalue()


def test_the_official_example_fills_every_field():
    assert results(run(EXAMPLE.read_bytes())) == ["created"]
    site = Site.objects.get(national_id="structure-1")
    assert all(getattr(site, column.field) for column in COLUMNS)
    assert site.typologies == ["TIERS_LIEUX", "ASSO"]
    assert site.services[0] == Service.EVERYDAY
    assert site.short_name == "Anonymal"
    assert site.is_published


@pytest.mark.parametrize("file_format", FILES)
def test_a_second_run_changes_nothing(file_format):
    content = FILES[file_format].read_bytes()
    first = run(content, file_format)
    assert first.written
    assert first.count(RowResult.CREATED) == len(first.outcomes) - first.count(RowResult.IGNORED)
    stored = list(Site.objects.order_by("pk").values())
    second = run(content, file_format)
    assert set(results(second)) <= {"unchanged", "ignored"}
    assert list(Site.objects.order_by("pk").values()) == stored


def test_a_changed_cell_changes_its_field_alone():
    run(national({}))
    report = run(national({"nom": "Nouveau nom"}))
    assert [outcome.details for outcome in report.outcomes] == [("nom",)]
    assert Site.objects.get().name == "Nouveau nom"


def test_what_was_corrected_here_is_kept():
    run(national({}))
    update_site(site=Site.objects.get(), by=SOMEBODY, name="Notre nom", short_name="notre nom")
    report = run(national({"nom": "Leur nom", "commune": "Épernay", "date_maj": "2099-04-03"}))
    assert [outcome.details for outcome in report.outcomes] == [("commune", "mis à jour le")]
    site = Site.objects.get()
    assert (site.name, site.short_name, site.commune_name) == ("Notre nom", "notre nom", "Épernay")


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ({"id": ""}, "id : obligatoire"),
        ({"pivot": ""}, "pivot : obligatoire"),
        ({"pivot": "434-933"}, "pivot : « 434-933 » n’a pas la forme attendue"),
        ({"nom": " "}, "nom : obligatoire"),
        ({"code_postal": "5110"}, "code_postal : « 5110 » n’a pas la forme attendue"),
        ({"code_insee": "99X99"}, "code_insee"),
        ({"latitude": "nord"}, "latitude : « nord » n’est pas un nombre"),
        ({"latitude": "nan"}, "n’est pas un nombre"),
        ({"latitude": ""}, "latitude et longitude vont ensemble"),
        ({"longitude": "541423"}, "hors de la carte"),
        ({"telephone": "appelez-nous"}, "telephone : « appelez-nous » n’est pas un numéro de téléphone"),
        ({"date_maj": "02/04/2024"}, "date_maj : « 02/04/2024 » n’est pas une date"),
        ({"services": "Aide|Café"}, "services : « Aide », « Café » : pas dans la liste du standard"),
        ({"presentation_resume": "x" * 281}, "presentation_resume"),
        ({"prise_rdv": "chez nous"}, "prise_rdv"),
        ({"source": "x" * 121}, "source"),
    ],
)
def test_a_wrong_cell_refuses_the_row_with_its_number_and_reason(cell, reason):
    report = run(national({}, {"id": "structure-2", **cell}))
    assert results(report) == ["created", "refused"]
    (refusal,) = report.refused
    assert refusal.number == 3
    assert reason in " ; ".join(refusal.details)
    assert Site.objects.count() == 1


def test_every_reason_of_a_row_is_said_at_once():
    (refusal,) = run(national({"nom": "", "date_maj": "hier", "frais_a_charge": "Cher"})).refused
    assert len(refusal.details) == 3


def test_the_same_identifier_twice_is_refused():
    report = run(national({}, {"nom": "Autre"}))
    assert results(report) == ["created", "refused"]
    assert report.refused[0].details == ("id : le même que celui de la ligne 2",)


@pytest.mark.parametrize(
    ("cells", "field", "stored"),
    [
        ({"services": Service.ACCESS + ";" + Service.ADMIN}, "services", [Service.ACCESS, Service.ADMIN]),
        ({"dispositif_programmes_nationaux": "Point d’accès numérique CAF"}, "programmes", [Programme.CAF]),
        ({"formations_labels": "Étapes numériques(La Poste)"}, "training_labels", ["Étapes numériques (La Poste)"]),
        ({"typologie": "CODE_INCONNU|BIB"}, "typologies", ["CODE_INCONNU", "BIB"]),
        ({"telephone": "01 80 05 98 80"}, "phone", "+33180059880"),
        ({"latitude": "43,5"}, "latitude", 43.5),
        ({"services": ""}, "services", []),
    ],
)
def test_spellings_of_the_wild_are_understood(cells, field, stored):
    assert results(run(national(cells))) == ["created"]
    assert getattr(Site.objects.get(), field) == stored


def test_a_place_without_services_waits_unseen():
    run(national({"services": ""}))
    assert not Site.objects.get().is_published


def test_semicolons_and_a_byte_order_mark_are_what_french_spreadsheets_write():
    assert results(run("\ufeff" + national({}, delimiter=";"))) == ["created"]


def test_a_row_with_too_many_cells_is_refused():
    text = national({}).rstrip("\r\n") + ",surplus\r\n"
    assert "trop de cellules" in run(text).refused[0].details[0]


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


@pytest.mark.parametrize(
    ("content", "file_format", "words"),
    [
        (b"", FileFormat.NATIONAL, "vide"),
        (b"  \n ", FileFormat.NATIONAL, "vide"),
        ("id,nom\n1,Médiathèque\n".encode("latin-1"), FileFormat.NATIONAL, "UTF-8"),
        ("id,nom".encode("utf-16"), FileFormat.NATIONAL, "pas du texte"),
        (b"PK\x03\x04classeur", FileFormat.NATIONAL, "classeur"),
        (b"id,nom\n1,Ici\n", FileFormat.NATIONAL, "Il manque ces colonnes : pivot"),
        (b"a,b\n1,2\n", FileFormat.FRANCE_SERVICES, "Il manque ces colonnes"),
        (b'id,nom\n1,"ouvert\n', FileFormat.NATIONAL, "abîmé"),
        (b"[{", FileFormat.NATIONAL, "abîmé"),
        (b"[" * 200_000, FileFormat.NATIONAL, "abîmé"),
        (b'{"a": 1}', FileFormat.NATIONAL, "liste de lieux"),
        (b'{"a": 1}', FileFormat.TOULOUSE_ERP, "GeoJSON"),
        (b"x" * (20 * 1024 * 1024 + 1), FileFormat.NATIONAL, "20 Mo"),
    ],
)
def test_what_is_not_such_a_file_is_said_in_a_sentence(content, file_format, words):
    with pytest.raises(UnreadableFile, match=words):
        run(content, file_format)


def test_a_dry_run_says_everything_and_writes_nothing():
    report = run(national({}), dry_run=True)
    assert results(report) == ["created"]
    assert not report.written
    assert not Site.objects.exists()


def test_all_or_nothing_writes_nothing_beside_a_refusal():
    content = national({}, {"id": "structure-2", "nom": ""})
    assert not run(content, all_or_nothing=True).written
    assert not Site.objects.exists()
    assert run(content).written
    assert Site.objects.count() == 1


def test_the_command_reports_each_refused_row_and_exits_with_two(tmp_path, capsys):
    file = tmp_path / "lieux.csv"
    file.write_text(national({}, {"id": "structure-2", "nom": ""}), encoding="utf-8")
    with pytest.raises(CommandError) as stopped:
        call_command("import_sites", str(file))
    assert stopped.value.returncode == 2
    shown = capsys.readouterr()
    assert "Ligne 3 (sans nom) : nom : obligatoire" in shown.err
    assert "1 nouveau" in shown.out
    assert "1 refusé" in shown.out


def test_the_command_says_what_is_wrong_with_a_file(tmp_path):
    with pytest.raises(CommandError, match="Impossible de lire"):
        call_command("import_sites", str(tmp_path / "absent.csv"))
    with pytest.raises(CommandError, match="Impossible de lire"):
        call_command("import_sites", str(tmp_path))


def test_the_shipped_places_are_loaded_once_and_ours_stay(now):
    load_territory()
    assert load_places() == 127
    assert load_places() == 0
    empalot = Site.objects.get(short_name="médiathèque Empalot")
    assert empalot.quartier.number == 5
    update_site(site=empalot, by=SOMEBODY, name="Médiathèque d’Empalot")
    assert load_places() == 0
    empalot.refresh_from_db()
    assert empalot.name == "Médiathèque d’Empalot"
