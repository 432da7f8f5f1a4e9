"""The browser's Back button on residents' pages: what was typed is not kept, and nothing fails."""

import pytest
from django.core.cache import cache

from tests.browser.conftest import PHONE
from tests.cast import make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]


@pytest.fixture
def city():
    """The cast, written where the live server reads it."""
    cache.clear()
    return make_cast()


def test_back_after_a_mistake_and_a_booking_shows_the_booking(page, city, assert_accessible):
    page.set_viewport_size(PHONE)
    page.goto(f"/rendez-vous/horaire/?need={city.admin_help.uid}&place={city.empalot.uid}")
    page.locator(".times a").last.click()
    page.get_by_label("Votre prénom").fill("Odette")
    page.get_by_label("Votre numéro").fill("06 12")
    page.get_by_role("button", name="Réserver").click()
    page.locator(".error-summary").wait_for()
    assert not page.context.cookies()
    page.get_by_label("Votre numéro").fill("")
    page.get_by_role("button", name="Réserver").click()
    page.get_by_role("heading", name="C’est noté").wait_for()
    page.go_back()
    page.get_by_role("heading", name="C’est noté").wait_for()

    page.get_by_role("link", name="Changer l’horaire").click()
    page.get_by_role("heading", name="Quel autre horaire ?").wait_for()
    assert_accessible(page)
    page.locator(".times a").first.click()
    page.get_by_role("heading", name="Changer l’horaire ?").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Changer l’horaire").click()
    page.get_by_role("heading", name="nouvel horaire").wait_for()
    assert_accessible(page)

    page.get_by_role("link", name="J’ai terminé").click()
    page.go_back()
    page.get_by_role("heading", name="J’ai déjà un rendez-vous").wait_for()
    assert "Odette" not in page.content()
