"""Residents' pages on a phone."""

import re

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import expect

from helpdesk.models import Appointment
from mediation.accounts.actor import Actor
from tests.browser.conftest import PHONE
from tests.cast import at, make_cast
from workshops.enums import RegistrationStatus
from workshops.models import Registration
from workshops.services import cancel_registration, open_workshop
from workshops.services import register as register_at_desk

ELSEWHERE = re.compile(r"^https://")

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def city():
    """The cast, written where the live server reads it."""
    cache.clear()
    return make_cast()


def follow(page, name):
    """Follow a link, and be where it leads."""
    with page.expect_navigation():
        page.get_by_role("link", name=name).click()


def test_a_resident_books_on_a_phone(page, city, assert_accessible):
    page.set_viewport_size(PHONE)
    page.goto("/")
    assert_accessible(page)
    follow(page, "Faire une démarche avec quelqu’un")
    assert_accessible(page)
    follow(page, "Prendre rendez-vous")
    assert_accessible(page)
    follow(page, "Médiathèque Empalot")
    assert_accessible(page)
    page.locator(".times a").last.click()
    page.get_by_label("Votre prénom").fill("Odette")
    assert_accessible(page)
    page.get_by_role("button", name="Réserver").click()
    page.get_by_role("heading", name="C’est noté").wait_for()
    assert_accessible(page)
    assert Appointment.objects.get().code in page.locator(".codes").inner_text()


def test_a_seat_that_is_kept_is_found_by_the_number_and_taken(page, city, assert_accessible, now):
    by = Actor.at_desk(city.claire)
    days = {"starts_at": at(14, days=3), "ends_at": at(16, days=3)}
    workshop = open_workshop(
        title="Premiers clics", mediator=city.amina_mediator, site=city.empalot, capacity=1, by=by, **days
    )
    first = register_at_desk(workshop=workshop, beneficiary=city.hassan, by=by)
    waiting = register_at_desk(workshop=workshop, beneficiary=city.lucette, by=by)
    cancel_registration(registration=first, by=by)
    page.set_viewport_size(PHONE)
    page.goto(reverse("web:appointment"))
    page.get_by_label("Votre référence").fill(waiting.reference)
    page.get_by_label("Votre code ou votre numéro de téléphone").fill("06 39 98 00 01")
    page.get_by_role("button", name="Voir mon rendez-vous").click()
    expect(page.get_by_role("heading", name="Une place s’est libérée")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("button", name="Prendre cette place").click()
    expect(page.get_by_role("heading", name="Une place s’est libérée")).to_have_count(0)
    assert Registration.objects.get(pk=waiting.pk).status == RegistrationStatus.REGISTERED


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
