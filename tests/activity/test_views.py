"""Pages of the activity log: who opens them, what they do, and what they cost."""

import io

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from directory.enums import Role, Source
from directory.models import Membership
from mediation.accounts.actor import Actor
from mediation.activity.enums import Theme
from mediation.activity.models import Activity, DeclaredSource, ImportedFile
from mediation.activity.services import Person, log_individual
from tests.activity.workbook import INDIVIDUAL, workbook
from tests.cast import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]

QUICK = {"themes": [Theme.EMAIL], "duration": "30", "day": f"{TODAY}", "place": "home"}


@pytest.fixture
def log(cast):
    def _log(people=None, **changes):
        usual = {"mediator": cast.amina_mediator, "day": TODAY, "duration_minutes": 30, "site": cast.empalot}
        usual |= {"themes": [Theme.EMAIL], "by": Actor.at_desk(cast.amina)}
        return log_individual(people=people or [Person(beneficiary=cast.lucette)], **usual | changes)

    return _log


@pytest.fixture
def of_partner(cast, log):
    return log(
        mediator=cast.paul_mediator,
        site=cast.bellefontaine,
        by=Actor.at_desk(cast.paul),
        people=[Person(beneficiary=cast.hassan)],
    )


PAGES = ["list", "log", "monthly", "sources", "import", "demarches"]
OPEN = {
    "claire": {"demarches"},
    "amina": {"list", "log", "monthly", "demarches"},
    "sofia": {"import", "demarches"},
    "admin": {"monthly", "sources", "import", "demarches"},
}


@pytest.mark.parametrize("who", OPEN)
@pytest.mark.parametrize("name", PAGES)
def test_who_may_open_what(cast, sign_in, who, name):
    answer = sign_in(getattr(cast, who)).get(reverse(f"activity:{name}"))
    assert answer.status_code == (200 if name in OPEN[who] else 403)


def test_without_account_one_is_asked_to_sign_in(cast, client):
    assert client.get(reverse("activity:list")).status_code == 302


@pytest.mark.parametrize("name", ["sheet", "edit", "delete"])
def test_entries_of_others_do_not_exist(cast, sign_in, of_partner, name):
    assert sign_in(cast.amina).get(reverse(f"activity:{name}", args=[of_partner.uid])).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, log, rows, django_assert_num_queries):
    for _number in range(rows):
        log()
    client = sign_in(cast.amina)
    with django_assert_num_queries(7):
        assert client.get(reverse("activity:list")).status_code == 200


def test_list_filters_and_exports_what_it_shows(cast, sign_in, log):
    log(people=[Person(people=4)], themes=[Theme.OFFICE, Theme.AI])
    log()
    client = sign_in(cast.amina)
    wanted = {"theme": Theme.OFFICE, "mediator": cast.amina_mediator.uid, "first": TODAY}
    assert client.get(reverse("activity:list"), wanted).context["table"].paginator.count == 1
    file = client.get(reverse("activity:list"), wanted | {"export": "xlsx"})
    header, row = load_workbook(io.BytesIO(file.content)).active.iter_rows(values_only=True)
    assert dict(zip(header, row, strict=True))["Personnes"] == 4
    assert client.get(reverse("activity:list"), {"export": "csv"}).content.count(b"\r\n") == 3


def test_list_says_what_is_not_counted(cast, sign_in, of_partner):
    page = sign_in(cast.paul).get(reverse("activity:list")).content.decode()
    assert "Ici, pas compté" in page


def test_logging_takes_a_theme_and_a_touch(cast, sign_in):
    answer = sign_in(cast.amina).post(reverse("activity:log"), QUICK)
    assert answer.status_code == 302
    activity = Activity.objects.get()
    assert (activity.mediator, activity.recorded_by, activity.assistances.total()) == (
        cast.amina_mediator,
        cast.amina,
        1,
    )


def test_logging_shows_what_is_missing(cast, sign_in):
    page = sign_in(cast.amina).post(reverse("activity:log"), QUICK | {"themes": []})
    assert page.status_code == 200
    assert "au moins un thème" in page.content.decode()


def test_logging_a_workshop(cast, sign_in):
    data = QUICK | {"title": "Premiers clics", "anonymous": 8, "duration": "other", "duration_other": 100}
    sign_in(cast.amina).post(reverse("activity:log") + "?type=atelier", data)
    activity = Activity.objects.get()
    assert (activity.kind, activity.duration_minutes, activity.assistances.total()) == ("workshop", 100, 8)


def test_finding_a_person_without_javascript_keeps_what_was_typed(cast, sign_in):
    page = sign_in(cast.amina).post(
        reverse("activity:log"), QUICK | {"find": "1", "search": "Fabré", "notes": "à revoir"}
    )
    text = page.content.decode()
    assert str(cast.lucette.uid) in text
    assert "à revoir" in text
    assert not Activity.objects.exists()


def test_the_search_box_finds_only_people_one_helps(cast, sign_in):
    client = sign_in(cast.amina)
    assert "Lucette" in client.post(reverse("activity:people"), {"search": "lucette"}).content.decode()
    assert "Hassan" not in client.post(reverse("activity:people"), {"search": "hassan"}).content.decode()


def test_a_mediator_of_la_coop_is_warned(cast, sign_in):
    assert "gardé, mais pas compté" in sign_in(cast.paul).get(reverse("activity:log")).content.decode()


def test_an_account_without_mediator_is_told_what_to_do(cast, sign_in):
    Membership.objects.create(user=cast.claire, organisation=cast.mairie, role=Role.MEDIATOR)
    assert "relié à aucun médiateur" in sign_in(cast.claire).get(reverse("activity:log")).content.decode()


def test_sheet_gives_the_answers_of_la_coop_without_names(cast, sign_in, log):
    activity = log(demarches=[cast.caf], notes="voir avec sa fille")
    page = sign_in(cast.amina).get(reverse("activity:sheet", args=[activity.uid]))
    assert [line.label for line in page.context["coop"]] == [
        "Type",
        "Date",
        "Durée (min)",
        "Lieu de l’accompagnement",
        "Nom du lieu",
        "Adresse",
        "Commune de résidence",
        "Tranche d’âge",
        "Thématiques de médiation",
        "Thématiques de démarches",
        "Nom de la démarche administrative",
    ]
    copied = "\n".join(line.text for line in page.context["coop"])
    assert "70 ans et plus" in copied
    assert "Lucette" not in copied
    assert "voir avec sa fille" not in copied


def test_editing_and_deleting_are_for_its_mediator(cast, sign_in, log):
    activity = log()
    Membership.objects.create(user=cast.claire, organisation=cast.mairie, role=Role.MEDIATOR)
    for name in ("edit", "delete"):
        assert sign_in(cast.claire).get(reverse(f"activity:{name}", args=[activity.uid])).status_code == 403
    client = sign_in(cast.amina)
    client.post(
        reverse("activity:edit", args=[activity.uid]), QUICK | {"beneficiaries": [cast.lucette.uid], "duration": "60"}
    )
    activity.refresh_from_db()
    assert activity.duration_minutes == 60
    asked = client.get(reverse("activity:delete", args=[activity.uid])).content.decode()
    assert "La fiche de la personne reste" in asked
    assert client.post(reverse("activity:delete", args=[activity.uid])).status_code == 302
    assert not Activity.objects.exists()


def test_an_imported_entry_is_mended_in_its_file(cast, sign_in, log):
    activity = log()
    Activity.objects.update(source=Source.COOP)
    assert sign_in(cast.amina).get(reverse("activity:edit", args=[activity.uid])).status_code == 403


def test_the_catalogue_is_found_by_everyday_words(cast, sign_in):
    cast.caf.everyday_words = ["allocs", "aides au logement"]
    cast.caf.save()
    client = sign_in(cast.claire)
    assert client.get(reverse("activity:demarches"), {"q": "aide logement"}).context["count"] == 1
    assert client.get(reverse("activity:demarches"), {"q": "zzz"}).context["count"] == 0
    assert client.get(reverse("activity:demarche", args=["caf"])).status_code == 200


def test_an_administrator_declares_a_source_and_takes_it_back(cast, sign_in):
    client = sign_in(cast.admin)
    address = reverse("activity:source", args=[cast.amina_mediator.uid])
    client.post(address, {"source": "monthly", "starts_on": "2026-01-01"})
    client.post(address, {"source": "coop", "starts_on": "2026-06-01"})
    first, second = DeclaredSource.objects.all()
    assert (f"{first.ends_on}", second.ends_on) == ("2026-05-31", None)
    refused = client.post(address, {"source": "here", "starts_on": "2026-03-01", "ends_on": "2026-04-01"})
    assert "déjà un outil" in refused.content.decode()
    client.post(address, {"withdraw": "2026-06-01"})
    assert list(DeclaredSource.objects.all()) == [first]


def test_an_administrator_of_another_organisation_declares_nothing(cast, sign_in):
    Membership.objects.create(user=cast.paul, organisation=cast.partner, role=Role.ADMINISTRATOR)
    client = sign_in(cast.paul)
    assert client.get(reverse("activity:source", args=[cast.amina_mediator.uid])).status_code == 404
    assert client.get(reverse("activity:source", args=[cast.paul_mediator.uid])).status_code == 200


def test_a_coordinator_imports_a_file_and_reads_the_result(cast, sign_in):
    client = sign_in(cast.sofia)
    rows = [INDIVIDUAL, INDIVIDUAL | {"Type": "Café"}]
    sent = {"organisation": cast.partner.uid, "file": workbook(rows)}
    page = client.post(reverse("activity:import"), sent, follow=True)
    assert "Type inconnu : Café" in page.content.decode()
    assert ImportedFile.objects.get().imported_by == cast.sofia
    assert Activity.objects.get().organisation == cast.partner


def test_a_bad_file_is_said_beside_its_field(cast, sign_in):
    file = io.BytesIO(b"rien")
    file.name = "notes.txt"
    page = sign_in(cast.sofia).post(reverse("activity:import"), {"organisation": cast.partner.uid, "file": file})
    assert "pas un classeur Excel" in str(page.context["form"].errors["file"])


def test_a_verification_writes_nothing(cast, sign_in):
    sent = {"organisation": cast.partner.uid, "file": workbook([INDIVIDUAL]), "dry_run": "on"}
    page = sign_in(cast.sofia).post(reverse("activity:import"), sent)
    assert "rien n’est enregistré" in page.content.decode()
    assert not Activity.objects.exists()
