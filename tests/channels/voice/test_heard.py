"""Whether the line rings and text messages come in, as whoever looks after them reads it."""

import pytest
from django.urls import reverse

from tests.channels.texts import NEW
from tests.messaging.phone import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


@pytest.fixture
def said(cast, sign_in):
    """Return a function that reads the line under the messages."""

    def _said(user=None) -> str:
        page = sign_in(user or cast.admin).get(reverse("voice:heard"))
        return " ".join(page.content.decode().replace("\u00a0", " ").split())

    return _said


def test_when_the_last_call_and_the_last_text_came(said, call, now):
    assert "n’a pas encore reçu d’appel" in said()
    assert "Aucun SMS reçu" in said()
    call()
    now.shift(24 * 3600)
    send("AIDE", sender=NEW)
    assert "Dernier appel au téléphone automatique : mar. 1er déc., 11 h." in said()
    assert "Dernier SMS reçu : mer. 2 déc., 11 h." in said()
    assert NEW[-4:] not in said()


def test_nothing_is_said_where_nothing_is_set_up(said, settings):
    settings.TWILIO_AUTH_TOKEN = ""
    assert said() == ""


def test_agents_read_it_under_their_messages_and_nobody_else(cast, said, client, sign_in):
    assert client.get(reverse("voice:heard")).status_code == 302
    for user, page in (
        (cast.claire, "messaging:list"),
        (cast.admin, "messaging:month"),
        (cast.sofia, "messaging:month"),
    ):
        assert f'hx-get="{reverse("voice:heard")}"' in sign_in(user).get(reverse(page)).content.decode()
        assert said(user)
