"""Accueil by keyboard alone, counting what one presses besides the name and the number."""

import re

import pytest
from playwright.sync_api import Page, expect

from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from tests.browser.sign_in import sign_in_as

MOST_KEYSTROKES = 12

pytestmark = pytest.mark.django_db(transaction=True)


class Keyboard:
    """Two hands and no mouse."""

    def __init__(self, page: Page):
        self.page = page
        self.strokes = 0

    def type(self, text: str) -> None:
        """Type a name or a number: not counted."""
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        """Press one key: counted."""
        self.strokes += 1
        self.page.keyboard.press(key)


@pytest.fixture
def keyboard(cast, now, page) -> Keyboard:
    sign_in_as(page, "claire@example.org")
    expect(page.locator("#id_q")).to_be_focused()
    return Keyboard(page)


def test_somebody_unknown_is_booked_by_keyboard_alone(keyboard, page):
    keyboard.type("ana lopez")
    keyboard.press("Enter")
    expect(page.locator("[name=phone_typed]")).to_be_focused()
    keyboard.type("06 39 98 00 33")
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("3")
    expect(page.get_by_text("C’est réservé")).to_be_visible()
    expect(page).to_have_url(re.compile("/agent/accueil/pris/"))
    expect(page.get_by_role("link", name="Nouvel appel")).to_be_focused()
    keyboard.press("Enter")
    expect(page.locator("#id_q")).to_be_focused()
    assert keyboard.strokes <= MOST_KEYSTROKES
    assert Appointment.objects.get().attendees.get().beneficiary.full_name == "Ana Lopez"


def test_arrows_walk_and_escape_begins_again(keyboard, page):
    keyboard.type("fabre")
    keyboard.press("Enter")
    expect(page.locator(".desk-result").first).to_be_focused()
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("ArrowDown")
    expect(page.locator(".desk-slot").nth(1)).to_be_focused()
    keyboard.press("/")
    expect(page.locator("#id_q")).to_be_focused()
    keyboard.press("Escape")
    expect(page.locator("#id_q")).to_have_value("")
    assert not Appointment.objects.exists()


def test_a_filter_shows_its_slots_at_once_and_keeps_the_focus(keyboard, cast, page):
    page.get_by_label("Lieu").select_option(str(cast.bellefontaine.uid))
    expect(page.locator(".desk-slots")).not_to_contain_text("Amina Benali")
    expect(page.get_by_label("Lieu")).to_have_value(str(cast.bellefontaine.uid))


def test_a_lost_race_keeps_the_page_and_the_focus(keyboard, cast, page, assert_accessible):
    keyboard.type("ana lopez 06 39 98 00 33")
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    wanted = first_slots(Need(reason=cast.any_need), limit=1)[0]
    book(slot=wanted, people=[cast.lucette], by=Actor.at_desk(cast.amina))
    keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("vient d’être pris")
    expect(page.locator(".desk-slot")).to_have_count(3)
    expect(page.locator(".desk-slot").first).to_be_focused()
    assert_accessible(page)
    keyboard.press("Enter")
    expect(page.get_by_text("C’est réservé")).to_be_visible()
    assert keyboard.strokes <= MOST_KEYSTROKES
    assert Appointment.objects.count() == 2
