"""What every door starts from: no counter of another test; and a kiosk that is paired with a place."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device


@pytest.fixture(autouse=True)
def fresh_counters(db):
    cache.clear()


@pytest.fixture
def paired(cast):
    return add_device(site=cast.empalot, name="Borne de l’entrée", by=Actor.at_desk(cast.admin))


@pytest.fixture
def kiosk(paired):
    """A screen that was paired with the library of Empalot."""
    _device, code = paired
    screen = Client()
    response = screen.post(reverse("kiosk:pair"), {"code": code})
    assert response.url == reverse("kiosk:start")
    return screen
