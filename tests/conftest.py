"""What every test may ask for."""

import gc
import os
import shutil
from collections.abc import Iterator

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.utils import translation

from mediation.channels.web.selectors.memory import KEPT
from mediation.kernel.languages import SOURCE
from mediation.kernel.limits import IN_MEMORY
from mediation.kernel.pages import WRITTEN
from mediation.messaging.wording import own
from tests.cast import NOW, Cast, make_cast

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, with a clear line, what this run lacks; under REQUIRE_… the same is a failure."""
    if os.environ.get("REQUIRE_POSTGRES") and connection.vendor != "postgresql":
        raise pytest.UsageError("REQUIRE_POSTGRES is set, but DATABASE_URL names no PostgreSQL.")
    for item in items:
        if item.get_closest_marker("browser") and not CHROMIUM and not os.environ.get("REQUIRE_CHROMIUM"):
            item.add_marker(pytest.mark.skip(reason="Chromium is not installed (apt-get install chromium)."))
        if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
            item.add_marker(pytest.mark.skip(reason="Says something of PostgreSQL only (make test-postgres)."))
        if item.get_closest_marker("drawn") and connection.vendor == "postgresql":
            item.add_marker(pytest.mark.skip(reason="What a browser draws is the same on both engines: SQLite's run."))
        if item.get_closest_marker("thorough") and not os.environ.get("FULL"):
            item.add_marker(pytest.mark.skip(reason="Takes long: set FULL=1, as continuous integration does."))


def pytest_collection_finish() -> None:
    """Look seldom for cycles, and never among what lives until the end: it took a twelfth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


@pytest.fixture
def cast(db: None) -> Cast:
    """The fixed cast, in the database."""
    return make_cast()


@pytest.fixture
def now() -> Iterator[time_machine.Traveller]:
    """Stop the clock at the cast's now."""
    with time_machine.travel(NOW, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sign_in(client: Client):
    """Return a function that signs somebody in and returns the client."""

    def _sign_in(user) -> Client:
        client.force_login(user)
        return client

    return _sign_in


@pytest.fixture
def is_postgresql() -> bool:
    """Whether this run is on PostgreSQL."""
    return connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def french_first() -> Iterator[None]:
    """Speak French again after a page in another language."""
    with translation.override(SOURCE):
        yield


@pytest.fixture(autouse=True)
def no_text_of_another_test() -> None:
    """Forget the city's own texts, which a process keeps for a few seconds."""
    own.forget()


@pytest.fixture(autouse=True)
def no_place_of_another_test() -> None:
    """Forget what pages said in the last minute."""
    KEPT.clear()
    WRITTEN.clear()


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    """Forget how often pages were asked for: every test comes from one address."""
    IN_MEMORY.clear()


@pytest.fixture(autouse=True)
def no_list_of_static_files(settings) -> None:
    """Have static files looked for when they are asked for: listing them all costs each test client 20 ms."""
    settings.WHITENOISE_AUTOREFRESH = True


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Hash passwords quickly: their strength is not what is tested."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
