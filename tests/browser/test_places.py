"""Finding a place: the device's position, the map by the keyboard alone, nothing asked of another site before."""

import pytest
from playwright.sync_api import expect

from sites.enums import Service
from sites.models import Site
from tests.browser.conftest import PHONE
from tests.cast import make_cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.drawn]

FOCUSED = "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent"
MOVING = ".leaflet-zoom-anim, .leaflet-cluster-anim"


@pytest.fixture
def city():
    """The cast, written where the live server reads it."""
    return make_cast()


def test_around_me_is_near_first_and_in_no_address(page, city, assert_accessible):
    page.set_viewport_size(PHONE)
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 43.5641, "longitude": 1.3991})
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto("/lieux/?step_free=on")
    page.get_by_role("button", name="Enlever le filtre").click()
    page.get_by_role("button", name="Autour de moi").click()
    page.locator(".distance").first.wait_for()
    assert page.locator(".place-card h2").first.inner_text() == "Centre social Bellefontaine"
    assert not [url for url in asked if "43.56" in url]
    assert not page.context.cookies()
    assert_accessible(page)
    page.locator(".place-card h2 a").first.click()
    page.go_back()
    page.locator(".place-card").first.wait_for()
    assert page.locator(".distance").count() == 0


def test_the_map_is_used_by_keyboard_alone(page, city, assert_accessible):
    elsewhere = []
    page.route(lambda url: "127.0.0.1" not in url and "localhost" not in url, lambda route: route.abort())
    page.on("request", lambda one: elsewhere.append(one.url) if "openstreetmap" in one.url else None)
    page.goto("/lieux/?near=31400")
    assert elsewhere == []
    page.get_by_role("button", name="Afficher la carte").focus()
    page.keyboard.press("Enter")
    page.locator(".map-pin").first.wait_for()
    page.wait_for_function("document.activeElement.matches('[data-map-canvas]')")
    assert elsewhere
    assert page.locator("path.map-quartier").count() == 1
    page.locator("[data-map-status]", has_text="sans lui").wait_for()
    assert_accessible(page)

    tab_to(page, "Médiathèque Empalot")
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup").wait_for()
    assert page.evaluate(FOCUSED) == "Médiathèque Empalot"
    said = page.locator(".leaflet-popup p").all_inner_texts()
    card = page.locator(".place-card", has_text="Médiathèque Empalot").inner_text()
    assert said
    assert all(line in card for line in said)
    page.keyboard.press("Escape")
    page.locator(".leaflet-popup").wait_for(state="detached")
    assert page.evaluate(FOCUSED).startswith("Médiathèque Empalot, ")

    for control in page.locator(".leaflet-control-zoom a, .map-pin").all():
        box = control.bounding_box()
        assert box["width"] >= 44 <= box["height"]


def tab_to(page, name: str) -> None:
    """Walk with Tab until the focus stands on what bears this name."""
    for _press in range(20):
        page.keyboard.press("Tab")
        if name in page.evaluate(FOCUSED):
            return
    pytest.fail(f"Tab never reaches “{name}”.")


def place_beside(city, name: str, latitude: float) -> None:
    """Write a place near the library, further north."""
    Site.objects.create(
        national_id=name,
        name=name,
        commune_name="Toulouse",
        postcode="31400",
        address="1 rue des Lois",
        latitude=latitude,
        longitude=city.empalot.longitude,
        organisation=city.mairie,
    )


def test_places_that_lie_together_are_parted_by_keyboard_alone(page, city, assert_accessible):
    """A group opens into smaller ones, and at last into its places, also where two have one address."""
    place_beside(city, "Maison du canal", city.empalot.latitude + 0.0005)
    place_beside(city, "Atelier du canal", city.empalot.latitude + 0.0005)
    page.route(lambda url: "127.0.0.1" not in url and "localhost" not in url, lambda route: route.abort())
    page.goto("/lieux/")
    page.get_by_role("button", name="Afficher la carte").click()
    page.locator(".map-group", has_text="3").wait_for()
    expect(page.locator(MOVING)).to_have_count(0)
    assert_accessible(page)
    for group, inside in (("3 lieux", "Médiathèque Empalot"), ("2 lieux", "Atelier du canal")):
        tab_to(page, group)
        page.keyboard.press("Enter")
        page.locator(f".map-pin[aria-label^='{inside}']").wait_for()
        expect(page.locator(MOVING)).to_have_count(0)
        assert page.evaluate("document.activeElement.matches('[data-map-canvas]')")
    assert_accessible(page)
    tab_to(page, "Atelier du canal")
    page.keyboard.press("Enter")
    page.locator(".leaflet-popup", has_text="Atelier du canal").wait_for()
    assert page.evaluate(FOCUSED) == "Atelier du canal"


def test_the_map_opens_on_the_city_even_where_places_lie_far_from_it(page, city):
    Site.objects.create(
        national_id="luchon",
        name="France services Bagnères-de-Luchon",
        commune_name="Bagnères-de-Luchon",
        postcode="31110",
        address="23 allée d’Étigny",
        latitude=42.789,
        longitude=0.593,
        services=[Service.ADMIN],
        organisation=city.mairie,
    )
    page.route(lambda url: "127.0.0.1" not in url and "localhost" not in url, lambda route: route.abort())
    page.goto("/lieux/")
    page.get_by_role("button", name="Afficher la carte").click()
    page.locator(".map-pin").first.wait_for()
    assert page.locator(".place-card").count() == 3
    assert page.locator(".map-pin").count() == 2
    assert page.locator(".map-group").count() == 0
