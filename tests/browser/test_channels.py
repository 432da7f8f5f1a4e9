"""Residents' pages on a phone."""

import re

import pytest
from django.core.cache import cache

from helpdesk.models import Appointment
from tests.browser.conftest import PHONE
from tests.cast import make_cast

ELSEWHERE = re.compile(r"^https://")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city():
    """The cast, written where the live server reads it."""
    cache.clear()
    return make_cast()


def test_a_resident_books_on_a_phone(page, city, assert_accessible):
    page.set_viewport_size(PHONE)
    page.goto("/")
    assert_accessible(page)
    page.get_by_role("link", name="Faire une démarche avec quelqu’un").click()
    assert_accessible(page)
    page.get_by_role("link", name="Prendre rendez-vous").click()
    assert_accessible(page)
    page.get_by_role("link", name="Médiathèque Empalot").click()
    assert_accessible(page)
    page.locator(".times a").last.click()
    page.get_by_label("Votre prénom").fill("Odette")
    assert_accessible(page)
    page.get_by_role("button", name="Réserver").click()
    page.get_by_role("heading", name="C’est noté").wait_for()
    assert_accessible(page)
    assert Appointment.objects.get().code in page.locator(".codes").inner_text()


def test_the_map_opens_on_demand_and_shows_the_places_of_the_list(page, city, assert_accessible):
    asked = []
    page.route(ELSEWHERE, lambda route: (asked.append(route.request.url), route.abort())[-1])
    page.set_viewport_size(PHONE)
    page.goto("/lieux/")
    assert_accessible(page)
    assert not asked
    with page.expect_request(ELSEWHERE):
        page.get_by_role("button", name="Afficher la carte").click()
    page.locator(".map-pin, .map-group").first.wait_for()
    assert page.locator("path.map-quartier").count() == 1
