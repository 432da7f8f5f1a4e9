"""Residents' pages on a phone, the kiosk on its own screen."""

import gzip
import re

import pytest
from django.core.cache import cache
from django.urls import reverse

from helpdesk.models import Appointment
from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device
from tests.browser.conftest import KIOSK, PHONE
from tests.cast import make_cast

HEAVIEST_PAGE = 100_000
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


@pytest.mark.parametrize("path", ["/", "/lieux/", "/rendez-vous/"])
def test_a_page_is_light_on_a_slow_phone(page, city, path):
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 — playwright marks what it is given
    page.goto(path, wait_until="networkidle")
    # Compressed here: a deployment serves compressed files, the live server does not. Fonts are compressed already.
    weight = sum(len(gzip.compress(answer.body())) for answer in answers)
    assert weight < HEAVIEST_PAGE


def test_somebody_takes_a_time_at_the_kiosk(page, city, assert_accessible):
    _device, code = add_device(site=city.empalot, name="Borne", by=Actor.at_desk(city.admin))
    page.set_viewport_size(KIOSK)
    page.goto(reverse("kiosk:pair"))
    assert_accessible(page)
    for digit in code:
        page.locator(f'[data-key="{digit}"]').click()
    page.get_by_role("button", name="Associer").click()
    assert_accessible(page)
    page.locator("a.answer").first.click()
    assert_accessible(page)
    page.locator("a.answer").last.click()
    for digit in "0639980077":
        page.locator(f'[data-key="{digit}"]').click()
    assert_accessible(page)
    page.get_by_role("button", name="Continuer").click()
    page.get_by_role("button", name="Appeler quelqu’un").click()
    page.get_by_text("C’est noté : quelqu’un arrive.").wait_for()
    assert_accessible(page)
    page.get_by_role("button", name="Oui, je réserve").click()
    page.locator(".ticket-number").first.wait_for()
    assert_accessible(page)
    page.get_by_role("link", name="Recommencer").click()
    page.get_by_role("heading", name="De quoi avez-vous besoin ?").wait_for()
