"""The main job: one appointment from the telephone call to the coordination report, in a real browser."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment
from mediation.activity.enums import DemarcheTheme, Obstacle, Theme
from mediation.messaging.models import Message
from tests.browser import figures
from tests.browser.sign_in import sign_in_as
from tests.cast import at
from tests.reports import rows

pytestmark = [pytest.mark.django_db(transaction=True)]

REPORT = "/agent/pilotage/"
PERIOD = "?preset=free&first_day=2026-11-01&last_day=2026-12-31"


@dataclass
class Reading:
    """The report's figures, three times."""

    page: figures.Cells
    document: figures.Counter[str]
    workbook: dict


def read_report(page: Page) -> Reading:
    """Open the report as the coordinator does, and its two files."""
    sign_in_as(page, "sofia@example.org")
    page.goto(REPORT + PERIOD)
    document = page.request.get(f"{REPORT}rapport.pdf{PERIOD}")
    workbook = page.request.get(f"{REPORT}rapport.xlsx{PERIOD}")
    assert document.ok
    assert workbook.ok
    return Reading(figures.of_page(page), figures.of_document(document.body()), figures.of_workbook(workbook.body()))


class Keyboard:
    """Types and presses, counting what is neither a name nor a number."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.strokes = 0

    def press(self, key: str) -> None:
        """Press one key."""
        self.page.keyboard.press(key)
        self.strokes += 1


def book_by_keyboard(page: Page, name: str, number: str) -> int:
    """Book the second slot, half an hour from now, for somebody unknown; return the key strokes it took."""
    keyboard = Keyboard(page)
    expect(page.get_by_label("Nom, téléphone, référence ou démarche")).to_be_focused()
    page.keyboard.type(f"{name} {number}")
    keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Nouvelle personne")).to_be_visible()
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("2")
    expect(page.get_by_text("C’est réservé")).to_be_visible()
    return keyboard.strokes


def log_what_was_done(page: Page) -> int:
    """Finish the appointment from the mediator's day, and return the taps it took."""
    page.goto("/agent/aujourd-hui/")
    taps = (
        page.get_by_role("link", name="Terminer").first,
        page.locator("summary", has_text="Chercher dans le catalogue"),
        page.get_by_text("CAF (allocations, RSA, prime d’activité)").first,
        page.locator("summary", has_text="Ce qui bloquait"),
        page.get_by_text("mots trop compliqués"),
        page.get_by_role("button", name="Enregistrer"),
    )
    for tap in taps:
        tap.click()
    expect(page.get_by_text("Compte rendu enregistré")).to_be_visible()
    return len(taps)


@pytest.fixture
def earlier_help(cast) -> None:
    """Enough earlier help of the same sort that no figure of the test is hidden for being small."""
    for person in [cast.lucette, {"people": 1}] * 6:
        rows.activity(
            cast.amina_mediator,
            person,
            month=12,
            day=1,
            themes=[Theme.ADMIN, DemarcheTheme.SOCIAL],
            obstacles=[Obstacle.WORDS],
        )
    rows.appointment(cast, AttendeeStatus.SEEN)


@pytest.mark.usefixtures("earlier_help")
def test_from_the_telephone_call_to_the_report(cast, now, page, assert_accessible):
    before = read_report(page)

    # The telephone rings. Claire types a name and a number, and books with the keyboard alone.
    sign_in_as(page, "claire@example.org")
    assert book_by_keyboard(page, "Odette Garonnel", "06 39 98 00 77") <= 12
    assert_accessible(page)
    appointment = Appointment.objects.get(attendees__beneficiary__last_name="Garonnel")

    assert appointment.starts_at == at(9, 30)
    # The message stands in the ledger; the worker sends it; the page says where it stands.
    assert Message.objects.filter(occasion=f"appointment:{appointment.uid}", kind="booked").count() == 1
    call_command("worker", "--once")
    page.goto("/agent/messages/")
    written = page.get_by_role("row").filter(has_text="Odette Garonnel").filter(has_text="Écrit dans le journal à")
    expect(written.first).to_be_visible()

    # The hour has come: she is there, Amina receives her and logs what was done.
    now.move_to(appointment.starts_at + dt.timedelta(minutes=1))
    page.goto("/agent/accueil/")
    page.get_by_role("button", name="Arrivé Odette Garonnel").click()
    expect(page.get_by_text("depuis", exact=False).first).to_be_visible()
    now.move_to(appointment.ends_at)
    sign_in_as(page, "amina@example.org")
    assert log_what_was_done(page) <= 6
    appointment.refresh_from_db()
    assert appointment.activity is not None

    the_right_cells_changed(before, read_report(page))


WHO = ("Mairie, médiation numérique", "Total municipal", "Ville entière")
SIDES = ("Municipal", "Ville entière")
# Every cell in which one more person, received once for half an hour, makes a difference; and no other.
ONE_MORE = {
    **{("Activité", who, column): ("12", "13") for who in WHO for column in ("Accompagnements", "Aides individuelles")},
    **{("Activité", who, "Personnes aidées"): ("1", "2") for who in WHO},
    **{("Activité", who, f"Heures {kind}"): ("6 h", "6 h 30") for who in WHO for kind in ("données", "reçues")},
    **{("Rendez-vous", who, column): ("1", "2") for who in WHO for column in ("Rendez-vous pris", "Reçu")},
    **{
        ("Accompagnements mois par mois", "décembre 2026", column): ("12", "13")
        for column in ("Ensemble", "Individuels")
    },
    **{("Démarches, par thème", "Social - Santé", side): ("12", "13") for side in SIDES},
    ("Démarches, par structure", WHO[0], "Social - Santé"): ("12", "13"),
    **{("Thématiques de médiation", "Aide aux démarches administratives", side): ("12", "13") for side in SIDES},
    **{("Ce qui bloque", "mots trop compliqués", side): ("12", "13") for side in SIDES},
    ("Ce qui bloque, par structure", WHO[0], "mots trop compliqués"): ("12", "13"),
    **{("Âge", "Non communiqué", side): ("12", "13") for side in SIDES},
    **{("Genre", "Non communiqué", side): ("12", "13") for side in SIDES},
    **{("Situation", "Non communiqué ou hétérogène", side): ("12", "13") for side in SIDES},
    ("Quartiers", "Quartier non communiqué", "Accompagnements"): ("6", "7"),
    **{
        ("Lieux", "Médiathèque Empalot (Saint-Michel / Empalot)", column): ("12", "13")
        for column in ("Activités", "Accompagnements")
    },
}
SHEET_NAME_LENGTH = 31  # a limit of the format


def the_right_cells_changed(before: Reading, after: Reading) -> None:
    """One more where one more is due, on the page, in the document and in the workbook; nothing else moved."""
    assert figures.changed(before.page, after.page) == ONE_MORE

    in_workbook = figures.changed(before.workbook, after.workbook)
    in_tables = {key: figures.in_words(value) for key, value in in_workbook.items() if key[0] != "Lisez-moi"}
    assert in_tables == {
        (table[:SHEET_NAME_LENGTH].strip(), *rest): value for (table, *rest), value in ONE_MORE.items()
    }

    # The document says each figure as often as the page's tables, and once more where it is a key figure of the cover.
    added = after.document - before.document
    expected = figures.Counter(new for _old, new in ONE_MORE.values())
    assert {value: added[value] for value in ("13", "7", "6 h 30")} == {
        "13": expected["13"] + 1,
        "7": expected["7"],
        "6 h 30": expected["6 h 30"] + 1,
    }
    assert added["2"] >= expected["2"]
