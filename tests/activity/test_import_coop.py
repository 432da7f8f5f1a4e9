"""La Coop's workbook: read whole, written once, nothing personal kept."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.core.serializers import serialize

from directory.enums import AgeBand, Gender, Source, Status
from mediation.accounts.actor import Actor, Door
from mediation.activity.enums import Autonomy, DemarcheTheme, Outcome, PlaceKind, Theme, WorkshopLevel
from mediation.activity.models import Activity, Assistance, ImportedFile
from mediation.activity.services import import_coop
from tests.activity.workbook import COLUMNS, INDIVIDUAL, workbook, workshop_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def bring_in(cast):
    """Return a function that imports rows, or a file, for the partner; it returns the summary."""

    def _bring_in(rows=None, *, file=None, organisation=None, dry_run=False):
        run = import_coop(
            file=file or workbook(rows),
            name="activites.xlsx",
            organisation=organisation or cast.partner,
            by=Actor(door=Door.COMMAND),
            dry_run=dry_run,
        )
        return run.summary

    return _bring_in


def everything():
    rows = [*Activity.objects.order_by("pk"), *Assistance.objects.order_by("pk")]
    return serialize("json", rows) + serialize("json", Activity.demarches.through.objects.order_by("pk"))


def test_reads_an_individual_help(cast, bring_in):
    summary = bring_in([INDIVIDUAL])
    activity = Activity.objects.get()
    assert (summary["created"], summary["assistances"], summary["refused"]) == (1, 1, [])
    assert (activity.source, activity.external_id, activity.mediator) == (Source.COOP, "cra-1", cast.paul_mediator)
    assert (activity.site, activity.duration_minutes, activity.devices) == (
        cast.bellefontaine,
        45,
        ["computer", "phone"],
    )
    assert (activity.autonomy, activity.outcome, activity.referred_to) == (Autonomy.NEARLY, Outcome.REFERRED, "other")
    themes = set(activity.themes.values_list("theme", flat=True))
    assert themes == {Theme.EMAIL, Theme.ADMIN, DemarcheTheme.HOUSING}
    helped = activity.assistances.get()
    assert (helped.gender, helped.age_band, helped.status) == (Gender.FEMALE, AgeBand.FROM_60, Status.RETIRED)
    assert helped.commune == cast.toulouse


def test_rows_of_one_id_are_one_workshop(bring_in):
    summary = bring_in(workshop_rows(10))
    activity = Activity.objects.get()
    assert (summary["rows"], summary["created"], Assistance.objects.total()) == (10, 1, 10)
    assert activity.assistances.count() == 1, "people alike are a count, not ten rows"
    assert (activity.level, activity.title) == (WorkshopLevel.BEGINNER, "Premiers clics")


def test_keeps_an_unknown_place_by_its_name_and_says_so(bring_in):
    summary = bring_in(workshop_rows(2))
    activity = Activity.objects.get()
    assert (activity.site, activity.place_name, activity.place_kind) == (None, "Salle des fêtes", PlaceKind.SITE)
    assert summary["unknown_places"] == {"Salle des fêtes": 1}


def test_finds_a_place_by_its_address(cast, bring_in):
    moved = {"Nom du lieu": "CS Bellef.", "Adresse": "1 ALLÉE Jean-Griffon", "Code postal": 31100}
    bring_in([INDIVIDUAL | moved])
    assert Activity.objects.get().site == cast.bellefontaine


def test_never_keeps_names_nor_notes(bring_in):
    bring_in([INDIVIDUAL])
    kept = everything() + serialize("json", ImportedFile.objects.all())
    assert "Secret" not in kept
    assert "secrète" not in kept


def test_the_same_file_twice_changes_nothing(bring_in):
    rows = [INDIVIDUAL, *workshop_rows(3)]
    bring_in(rows)
    before = everything()
    summary = bring_in(rows)
    assert (summary["created"], summary["updated"], summary["unchanged"]) == (0, 0, 2)
    assert everything() == before


def test_a_corrected_file_mends(bring_in):
    bring_in([INDIVIDUAL, *workshop_rows(3)])
    pk = Activity.objects.get(external_id="cra-1").pk
    corrected = INDIVIDUAL | {"Durée (min)": 60, "Thématique(s) d’accompagnement": "Bureautique"}
    summary = bring_in([corrected, *workshop_rows(4)])
    activity = Activity.objects.get(external_id="cra-1")
    assert (summary["updated"], activity.pk, activity.duration_minutes) == (2, pk, 60)
    assert [theme.theme for theme in activity.themes.all()] == [Theme.OFFICE]
    assert Assistance.objects.total() == 5


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"Date": None}, "La date est illisible"),
        ({"Date": "32/13/2026"}, "La date est illisible"),
        ({"Date": "24/12/2026"}, "La date est à venir"),
        ({"Type": "Café"}, "Type inconnu : Café"),
        ({"Durée (min)": "longtemps"}, "La durée est illisible"),
        ({"Durée (min)": 1440}, "La durée est illisible"),
        ({"ID CRA": None}, "ID CRA manque"),
    ],
)
def test_refuses_a_row_with_its_number_and_takes_the_others(bring_in, change, reason):
    summary = bring_in([INDIVIDUAL | change, INDIVIDUAL | {"ID CRA": "cra-9"}])
    (refused,) = summary["refused"]
    assert refused["row"] == 8
    assert reason in refused["reason"]
    assert Activity.objects.get().external_id == "cra-9"


def test_says_which_labels_it_does_not_know(bring_in):
    odd = {"Thématique(s) d’accompagnement": "E-mail\nJardinage", "Genre du bénéficiaire": "Autre"}
    summary = bring_in([INDIVIDUAL | odd])
    assert summary["unknown_labels"] == {
        "Thématique(s) d’accompagnement": {"Jardinage": 1},
        "Genre du bénéficiaire": {"Autre": 1},
    }
    assert Activity.objects.get().themes.get().theme == Theme.EMAIL


def test_straight_and_curly_apostrophes_are_equal(bring_in):
    straight = [column.replace("’", "'") for column in COLUMNS]
    rows = [{key.replace("’", "'"): value for key, value in INDIVIDUAL.items()}]
    bring_in(file=workbook(rows, columns=straight))
    assert Activity.objects.get().place_kind == PlaceKind.SITE


def test_optional_columns_may_be_absent_or_moved(bring_in):
    few = ["ID CRA", "Type", "Durée (min)", "Date", "Canaux d’accompagnement"]
    row = INDIVIDUAL | {"Date": "03/11/2026", "Canaux d’accompagnement": "À distance"}
    bring_in(file=workbook([row], columns=few, preamble=False, sheet="Feuille 1"))
    activity = Activity.objects.get()
    assert (activity.place_kind, activity.mediator, f"{activity.day}") == (PlaceKind.REMOTE, None, "2026-11-03")


def test_a_mediator_of_another_organisation_is_left_empty(bring_in):
    summary = bring_in([INDIVIDUAL | {"Prénom du médiateur": "Amina", "Nom du médiateur": "Benali"}])
    assert Activity.objects.get().mediator is None
    assert summary["unknown_mediators"] == {"amina benali": 1}


def test_an_activity_counted_for_another_organisation_is_refused(cast, bring_in):
    bring_in([INDIVIDUAL])
    summary = bring_in([INDIVIDUAL], organisation=cast.mairie)
    assert "déjà comptée pour « Association Le Fil »" in summary["refused"][0]["reason"]
    assert Activity.objects.count() == 1


def test_says_what_is_kept_but_not_counted(cast, bring_in):
    assert bring_in([INDIVIDUAL])["not_counted"] == 0
    assert bring_in([INDIVIDUAL | {"ID CRA": "m-1"}], organisation=cast.mairie)["not_counted"] == 1


def test_a_workshop_with_rows_missing_is_listed(bring_in):
    assert bring_in(workshop_rows(8, of=10))["incomplete"] == [{"row": 8, "there": 8, "of": 10}]


def test_a_social_security_number_is_taken_out(bring_in):
    bring_in([INDIVIDUAL | {"Nom de la démarche administrative": "dossier 2 48 03 31 555 012 34"}])
    assert Activity.objects.get().demarche_name == ""


def test_a_demarche_of_the_catalogue_is_recognised(cast, bring_in):
    bring_in([INDIVIDUAL | {"Nom de la démarche administrative": "caf (allocations, rsa, prime d'activité)"}])
    activity = Activity.objects.get()
    assert (list(activity.demarches.all()), activity.demarche_name) == ([cast.caf], "")


def test_a_dry_run_writes_nothing(bring_in):
    assert bring_in([INDIVIDUAL], dry_run=True)["created"] == 1
    assert not Activity.objects.exists()
    assert not ImportedFile.objects.exists()


def zip_without_workbook():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("lisezmoi.txt", "bonjour")
    return file


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda: io.BytesIO(b""), "pas un classeur Excel"),
        (lambda: io.BytesIO(b"Date;Type\n"), "pas un classeur Excel"),
        (zip_without_workbook, "pas un classeur Excel"),
        (lambda: workbook([], columns=["Nom", "Prénom"]), "pas de tableau"),
        (lambda: workbook([]), "aucune activité"),
    ],
)
def test_a_bad_file_gets_a_clear_sentence(bring_in, make, says):
    with pytest.raises(ValidationError, match=says):
        bring_in(file=make())


@pytest.mark.parametrize("limit", ["MOST_BYTES", "MOST_BYTES_UNPACKED", "MOST_ROWS"])
def test_a_file_that_would_fill_the_memory_is_refused(bring_in, monkeypatch, limit):
    monkeypatch.setattr(f"mediation.activity.services.coop.workbook.{limit}", 2)
    with pytest.raises(ValidationError, match="trop gros"):
        bring_in(workshop_rows(3))


def test_a_thousand_rows_cost_few_queries(bring_in, django_assert_max_num_queries):
    rows = [INDIVIDUAL | {"ID CRA": f"cra-{number}"} for number in range(1000)]
    with django_assert_max_num_queries(80):
        assert bring_in(rows)["created"] == 1000


def test_the_command_says_the_result_and_fails_where_rows_were_refused(cast, tmp_path, capsys):
    path = tmp_path / "coop.xlsx"
    path.write_bytes(workbook([INDIVIDUAL, INDIVIDUAL | {"Type": "Café"}]).read())
    with pytest.raises(SystemExit) as ended:
        call_command("import_coop", str(path), organisation="Association Le Fil")
    assert ended.value.code == 2
    out, err = capsys.readouterr()
    assert "ajoutées : 1" in out
    assert "Ligne 9 refusée" in err
    with pytest.raises(CommandError, match="Structure inconnue"):
        call_command("import_coop", str(path), organisation="Personne")
    with pytest.raises(CommandError, match="Fichier illisible"):
        call_command("import_coop", str(tmp_path / "absent.xlsx"), organisation="Association Le Fil")
