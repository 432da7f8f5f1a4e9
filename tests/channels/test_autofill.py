"""What browsers may fill in by themselves: one's own name and number on one's own device; on a kiosk nothing."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from tests.channels.strangers import a_workshop, slot_of

pytestmark = pytest.mark.usefixtures("now")

BOX = re.compile(r"<input\b[^>]*>")
TYPED = {"", "text", "tel", "search", "email", "number"}
# Of a field that is about oneself a browser, and who reads it aloud, is told what it means (WCAG 1.3.5). What one tells
# us once, and what opens an appointment, is not offered to whoever uses the same device later.
MEANING = {
    "first_name": {"given-name", "name"},
    "last_name": {"family-name"},
    "phone": {"tel"},
    "near": {"postal-code", "off"},
    "otherwise": {"off"},
    "note": {"off"},
    "reference": {"off"},
    "secret": {"off"},
    "text": {"off"},
    "website": {"off"},
}


def attribute(tag: str, name: str) -> str:
    """Return what an attribute says; nothing where it is not there."""
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return found.group(1) if found else ""


def boxes(client: Client, address: str) -> dict[str, str]:
    """Return what a page lets one type, each with what a browser may fill in."""
    response = client.get(address)
    assert response.status_code == 200, address
    main = response.content.decode().partition("<main")[2]
    tags = [tag for tag in BOX.findall(main) if attribute(tag, "type") in TYPED]
    return {attribute(tag, "name"): attribute(tag, "autocomplete") for tag in tags}


def test_a_residents_own_device_is_told_what_each_field_means(client, cast):
    addresses = (
        reverse("web:places"),
        reverse("web:demarches"),
        f"{reverse('web:book_place')}?need={cast.any_need.uid}",
        f"{reverse('web:book_who')}?slot={slot_of(cast).token}",
        reverse("web:workshop", args=[a_workshop(cast).uid]),
        f"{reverse('web:computer_who')}?place={cast.empalot.uid}&when=2026-12-01T16:00",
        reverse("web:call_back_who"),
        reverse("web:appointment"),
    )
    found = {(name, said) for address in addresses for name, said in boxes(client, address).items()}
    assert {name for name, _said in found} == set(MEANING)
    assert not {(name, said) for name, said in found if said not in MEANING[name]}


def test_a_kiosk_fills_in_nothing_of_whoever_was_there_before(kiosk, cast):
    cast.opening.takes_tickets = True
    cast.opening.save()
    addresses = (
        f"{reverse('kiosk:book')}?slot={slot_of(cast).token}",
        reverse("kiosk:workshop", args=[a_workshop(cast).uid]),
        reverse("kiosk:ticket_call_back"),
        reverse("kiosk:arrival"),
        reverse("kiosk:computer_reserved"),
        reverse("kiosk:pair"),
    )
    found = [boxes(kiosk, address) for address in addresses]
    assert all(found)
    assert {said for screen in found for said in screen.values()} == {"off"}
