"""The agenda by keyboard alone and by mouse: the same appointment goes to the same hour."""

import re

import pytest
from playwright.sync_api import Page, expect

from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor
from tests.browser.sign_in import sign_in_as
from tests.cast import at

# Where nothing has the focus, the whole page answers: that is no name.
FOCUSED = "document.activeElement.matches('a, button, summary') ? document.activeElement.textContent : ''"

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]


@pytest.fixture
def booked(cast, now) -> Appointment:
    """Lucette with Amina, today at 9:30."""
    slot = Slot(at(9, 30), at(10), cast.amina_mediator, cast.empalot, cast.admin_help)
    return book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))


@pytest.fixture
def agenda(booked, page) -> Page:
    sign_in_as(page, "amina@example.org")
    page.goto("/agent/agenda/")
    return page


def press_until(page: Page, name: str) -> None:
    """Walk with Tab until the focus stands on what bears this name, then press Enter."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            page.keyboard.press("Enter")
            return
    pytest.fail(f"Tab never reaches “{name}”.")


def starts_at(appointment: Appointment):
    return Appointment.objects.get(pk=appointment.pk).starts_at


def test_an_appointment_is_moved_and_put_back_by_keyboard_alone(agenda, booked, assert_accessible):
    assert_accessible(agenda)
    press_until(agenda, "Déplacer ou annuler : Lucette Fabré")
    press_until(agenda, "Déplacer")
    expect(agenda.locator(".is-target").first).to_be_focused()
    press_until(agenda, "Déplacer ici")
    expect(agenda.get_by_role("heading", name="Déplacer ici ?")).to_be_visible()
    assert_accessible(agenda)
    press_until(agenda, "11\u00a0h")
    expect(agenda.locator("#moved")).to_contain_text("Rendez-vous déplacé")
    assert starts_at(booked) == at(11)
    expect(agenda.get_by_role("button", name=re.compile("Remettre"))).to_be_focused()
    agenda.keyboard.press("Enter")
    expect(agenda.get_by_text("Rendez-vous remis à son horaire")).to_be_visible()
    assert starts_at(booked) == at(9, 30)


@pytest.mark.thorough
def test_an_appointment_is_dragged_to_a_free_stretch(agenda, booked, assert_accessible):
    agenda.locator("[data-appointment]").drag_to(agenda.locator("[data-stretch]").last)
    dialog = agenda.get_by_role("dialog")
    expect(dialog).to_contain_text("Déplacer ici ?")
    assert_accessible(agenda)
    dialog.get_by_role("link", name="Ne pas le déplacer").click()
    expect(dialog).to_be_hidden()
    assert starts_at(booked) == at(9, 30)
    agenda.locator("[data-appointment]").drag_to(agenda.locator("[data-stretch]").last)
    dialog.get_by_role("button", name="10\u00a0h\u00a030").click()
    expect(agenda.locator("#moved")).to_contain_text("Rendez-vous déplacé")
    assert starts_at(booked) == at(10, 30)


@pytest.mark.thorough
def test_an_appointment_is_cancelled_by_keyboard_and_the_agenda_is_there_again(agenda, booked):
    press_until(agenda, "Déplacer ou annuler : Lucette Fabré")
    press_until(agenda, "Annuler")
    expect(agenda.get_by_role("heading", name="Qui annule ?")).to_be_visible()
    press_until(agenda, "La personne")
    expect(agenda).to_have_url(re.compile("/agent/agenda/"))
    expect(agenda.get_by_text("Lucette Fabré")).to_have_count(0)
    assert Appointment.objects.get(pk=booked.pk).is_cancelled


@pytest.mark.thorough
def test_a_free_stretch_becomes_an_appointment(agenda):
    agenda.locator("[data-stretch]").last.press("Enter")
    agenda.get_by_role("link", name="11\u00a0h", exact=True).press("Enter")
    expect(agenda).to_have_url(re.compile("/agent/accueil/"))
    expect(agenda.locator(".desk-slot")).to_have_count(1)
    expect(agenda.locator(".desk-slot")).to_contain_text("11\u00a0h")
