"""A line that Twilio calls, and a desk that answers it."""

import pytest
from django.core.cache import cache

from tests.channels.voice.caller import PUBLIC, TOKEN, Caller

DESK = "+33536490009"


@pytest.fixture(autouse=True)
def line(settings, cast, now):
    settings.PUBLIC_URL = PUBLIC
    settings.TWILIO_AUTH_TOKEN = TOKEN
    settings.NETWORK_NAME = "Toulouse numérique ensemble"
    settings.VOICE_DESK_NUMBER = DESK
    settings.VOICE_RECORDINGS_DIR = ""
    cache.clear()
    # 11 h on a Tuesday: the library is open.
    now.shift(2 * 3600)


@pytest.fixture
def call(client):
    """Return a function that makes somebody call; the first words are heard already."""

    def _call(number: str | None = None) -> Caller:
        caller = Caller(client) if number is None else Caller(client, number)
        caller.dial()
        return caller

    return _call


@pytest.fixture
def at_night(now):
    """11 h in the evening."""
    now.shift(12 * 3600)
