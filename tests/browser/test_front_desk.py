"""Accueil by keyboard alone, counting what one presses besides the name and the number."""

import re

import pytest
from playwright.sync_api import Page, expect

from helpdesk.enums import Cause
from helpdesk.models import Appointment, EarlierWish, HelpRequest
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from tests.browser.sign_in import sign_in_as

MOST_KEYSTROKES = 12

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]


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


def test_somebody_known_is_booked_by_keyboard_alone(keyboard, cast, page, assert_accessible):
    keyboard.type("fabre 06 39 98 00 01")
    keyboard.press("Enter")
    expect(page.locator(".desk-result").first).to_be_focused()
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    expect(page.locator("#desk-said")).to_contain_text("9 créneaux")
    assert_accessible(page)
    keyboard.press("4")
    expect(page.get_by_role("link", name="Nouvel appel")).to_be_focused()
    expect(page.locator("#desk-said")).to_contain_text("référence")
    assert_accessible(page)
    assert keyboard.strokes <= MOST_KEYSTROKES
    assert Appointment.objects.get().attendees.get().beneficiary == cast.lucette


def test_a_couple_is_booked_by_keyboard_alone(keyboard, cast, page, assert_accessible):
    keyboard.type("fabre")
    keyboard.press("Enter")
    expect(page.locator(".desk-result").first).to_be_focused()
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("a")
    expect(page.locator("#id_q")).to_be_focused()
    expect(page.locator("#desk-said")).to_contain_text("Cherchez l’autre personne")
    keyboard.type("marcel fabre")
    keyboard.press("Enter")
    expect(page.locator("[name=phone_typed]")).to_be_focused()
    assert_accessible(page)
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("4")
    expect(page.get_by_role("link", name="Nouvel appel")).to_be_focused()
    assert keyboard.strokes <= MOST_KEYSTROKES
    people = Appointment.objects.get().attendees.values_list("beneficiary__first_name", flat=True)
    assert list(people) == ["Lucette", "Marcel"]


@pytest.mark.thorough
def test_whoever_finds_nothing_is_noted_by_keyboard_alone(keyboard, page, assert_accessible):
    keyboard.type("ana lopez 06 39 98 00 33")
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("r")
    expect(page.get_by_text("C’est noté", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Nouvel appel")).to_be_focused()
    assert_accessible(page)
    keyboard.press("Enter")
    expect(page.locator("#id_q")).to_be_focused()
    assert keyboard.strokes <= MOST_KEYSTROKES
    request = HelpRequest.objects.get()
    assert (request.beneficiary.full_name, request.cause) == ("Ana Lopez", Cause.NO_SLOT)


def test_an_appointment_is_moved_and_its_person_marked_without_leaving_the_call(keyboard, cast, page):
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.amina_mediator), limit=4)[3]
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    keyboard.type(cast.lucette.phone)
    keyboard.press("Enter")
    expect(page.locator(".desk-result").first).to_be_focused()
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    page.get_by_role("button", name="Arrivé").first.click()
    expect(page.locator(".desk-caller").get_by_text("Arrivé", exact=True)).to_be_visible()
    expect(page.locator(".desk-caller [name=move]")).to_be_focused()
    keyboard.press("Enter")
    expect(page.get_by_text("Choisissez le nouvel horaire")).to_be_visible()
    expect(page.locator(".desk-slot").first).to_be_focused()
    keyboard.press("5")
    expect(page.get_by_text("C’est déplacé", exact=True)).to_be_visible()
    appointment.refresh_from_db()
    assert (appointment.version, Appointment.objects.count()) == (2, 1)


@pytest.mark.thorough
def test_the_wish_is_one_key_and_the_card_opens_beside_the_page(keyboard, cast, page):
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.amina_mediator), limit=9)[8]
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    page.goto(f"/agent/accueil/pris/{appointment.uid}/")
    keyboard.press("t")
    expect(page.get_by_role("button", name="Ne plus chercher plus tôt")).to_be_focused()
    assert EarlierWish.objects.filter(closed_at=None).exists()
    with page.context.expect_page() as opened:
        keyboard.press("p")
    expect(opened.value.get_by_text("Votre rendez-vous d’aide numérique")).to_be_visible()
    expect(page).to_have_url(re.compile(f"/pris/{appointment.uid}/"))


@pytest.mark.thorough
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


@pytest.mark.thorough
def test_a_filter_shows_its_slots_at_once_and_keeps_the_focus(keyboard, cast, page):
    page.get_by_label("Lieu").select_option(str(cast.bellefontaine.uid))
    expect(page.locator(".desk-slots")).not_to_contain_text("Amina Benali")
    expect(page.get_by_label("Lieu")).to_have_value(str(cast.bellefontaine.uid))


@pytest.mark.parametrize("label", ["Motif", "Quartier"])
@pytest.mark.thorough
def test_a_filter_changed_while_a_slot_has_the_focus_books_nothing(keyboard, cast, page, label):
    keyboard.type("fabre")
    keyboard.press("Enter")
    expect(page.locator(".desk-result").first).to_be_focused()
    keyboard.press("Enter")
    expect(page.locator(".desk-slot").first).to_be_focused()
    with page.expect_response("**/agent/accueil/") as answer:
        # Like a wheel turned over the list, or a script that fills it: the focus stays on the slot.
        page.get_by_label(label, exact=True).evaluate(
            "list => { list.selectedIndex = 1; list.dispatchEvent(new Event('change', {bubbles: true})) }"
        )
    sent = answer.value.request.post_data
    assert ("do=slots" in sent, "&slot=" in sent) == (True, False)
    expect(page.get_by_role("heading", name="Lucette Fabré")).to_be_visible()
    expect(page.get_by_text("C’est réservé")).to_have_count(0)
    assert not Appointment.objects.exists()


@pytest.mark.thorough
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
