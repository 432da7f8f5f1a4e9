"""Files of places: every row accounted for, nothing written twice, nothing of ours undone."""

import pytest
from django.core.management import CommandError, call_command

from mediation.territory.services import load_territory
from sites.enums import FileFormat, Programme, RowResult, Service
from sites.imports.reading import UnreadableFile
from sites.models import Site
from sites.national import COLUMNS
from sites.services import load_places, update_site
from tests.sites.files import EXAMPLE, FILES, SOMEBODY, national, results, run

pytestmark = pytest.mark.django_db


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
        ({"id": ""}, "id : obligatoire"),
        ({"pivot": ""}, "pivot : obligatoire"),
        ({"pivot": "434-933"}, "pivot : « 434-933 » n’a pas la forme attendue"),
        ({"nom": " "}, "nom : obligatoire"),
        ({"code_postal": "5110"}, "code_postal : « 5110 » n’a pas la forme attendue"),
        ({"code_insee": "99X99"}, "code_insee"),
        ({"latitude": "nord"}, "latitude : « nord » n’est pas un nombre"),
        ({"latitude": "nan"}, "n’est pas un nombre"),
        ({"latitude": ""}, "latitude et longitude vont ensemble"),
        ({"longitude": "541423"}, "hors de la carte"),
        ({"telephone": "appelez-nous"}, "telephone : « appelez-nous » n’est pas un numéro de téléphone"),
        ({"date_maj": "02/04/2024"}, "date_maj : « 02/04/2024 » n’est pas une date"),
        ({"services": "Aide|Café"}, "services : « Aide », « Café » : pas dans la liste du standard"),
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
    assert reason in " ; ".join(refusal.details)
    assert Site.objects.count() == 1


def test_every_reason_of_a_row_is_said_at_once():
    (refusal,) = run(national({"nom": "", "date_maj": "hier", "frais_a_charge": "Cher"})).refused
    assert len(refusal.details) == 3


def test_the_same_identifier_twice_is_refused():
    report = run(national({}, {"nom": "Autre"}))
    assert results(report) == ["created", "refused"]
    assert report.refused[0].details == ("id : le même que celui de la ligne 2",)


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


@pytest.mark.parametrize(
    ("content", "file_format", "words"),
    [
        (b"", FileFormat.NATIONAL, "vide"),
        (b"  \n ", FileFormat.NATIONAL, "vide"),
        ("id,nom\n1,Médiathèque\n".encode("latin-1"), FileFormat.NATIONAL, "UTF-8"),
        ("id,nom".encode("utf-16"), FileFormat.NATIONAL, "pas du texte"),
        (b"PK\x03\x04classeur", FileFormat.NATIONAL, "classeur"),
        (b"id,nom\n1,Ici\n", FileFormat.NATIONAL, "Il manque ces colonnes : pivot"),
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
    assert "Ligne 3 (sans nom) : nom : obligatoire" in shown.err
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
