"""A kiosk on its own screen, in a place with a queue and a workshop."""

import pytest
from django.core.cache import cache
from django.urls import reverse
from playwright.sync_api import Browser

from mediation.accounts.actor import Actor
from mediation.channels.kiosk.services import add_device
from tests.browser.conftest import KIOSK
from tests.browser.kiosk.steps import touch_digits
from tests.cast import at, make_cast
from workshops.services import open_workshop


@pytest.fixture
def city(now):
    """The cast, with a queue and a workshop where the kiosk stands."""
    cache.clear()
    cast = make_cast()
    cast.opening.takes_tickets = True
    cast.opening.save()
    open_workshop(
        title="Premiers clics",
        mediator=cast.amina_mediator,
        site=cast.empalot,
        starts_at=at(14, days=3),
        ends_at=at(16, days=3),
        capacity=5,
        themes=["hardware"],
        by=Actor.at_desk(cast.admin),
    )
    return cast


@pytest.fixture
def kiosk(browser: Browser, live_server, city):
    """A touch screen that was paired with the library of Empalot."""
    _device, code = add_device(site=city.empalot, name="Borne", by=Actor.at_desk(city.admin))
    context = browser.new_context(viewport=KIOSK, has_touch=True, base_url=live_server.url)
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(f"A script failed: {error}"))
    page.goto(reverse("kiosk:pair"))
    touch_digits(page, code)
    page.locator("main [type=submit]").tap()
    page.wait_for_url(f"**{reverse('kiosk:start')}")
    yield page
    context.close()
