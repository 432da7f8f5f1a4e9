"""Operators erase the texts 30 days after nothing changed any more."""

import datetime as dt

import pytest

from mediation.messaging import tasks
from mediation.messaging.gateways import Down, Refused
from mediation.messaging.models import Attempt
from tests.cast import NOW
from tests.messaging.delivery.conftest import later

pytestmark = pytest.mark.django_db

DAYS = dt.timedelta(days=1)


@pytest.fixture
def sent(due, gate):
    """Return a function that writes what an operator took under a name, some days ago."""

    def _sent(name="SM1", days=30, **changes):
        message = due()
        values = {"state": "delivered", "gateway": "first", "provider_id": name, "state_at": NOW - days * DAYS}
        message.attempts.update(**{**values, **changes})
        return message

    return _sent


def redacted():
    return sorted(Attempt.objects.filter(redacted_at__isnull=False).values_list("provider_id", flat=True))


def test_a_text_is_erased_after_thirty_days_and_only_once(sent, gate):
    sent("SM1")
    sent("SM2", days=29)
    sent("SM3", state="accepted")
    tasks.forget()
    tasks.forget()
    assert sorted(gate.forgotten) == redacted() == ["SM1", "SM3"]
    assert Attempt.objects.get(provider_id="SM1").redacted_at == NOW


@pytest.mark.parametrize("changes", [{"name": ""}, {"gateway": "file"}, {"gateway": "gone"}, {"days": 95}])
def test_nobody_is_asked_for_what_they_do_not_keep(sent, gate, changes):
    sent(**changes)
    tasks.forget()
    assert (gate.forgotten, redacted()) == ([], [])


@pytest.mark.parametrize("error", [Down("Connexion refusée"), TimeoutError("lent"), RuntimeError("500")])
def test_an_operator_that_fails_is_asked_again_later(sent, gate, error):
    sent("SM1")
    sent("SM2")
    gate.answers = [error]
    tasks.forget()
    assert redacted() == []
    tasks.forget()
    assert redacted() == ["SM1", "SM2"]


def test_one_text_that_is_refused_does_not_keep_the_others(sent, gate):
    sent("SM1")
    sent("SM2")
    gate.answers = [Refused("Twilio 20404", is_temporary=False)]
    tasks.forget()
    assert redacted() == ["SM1"]


def test_nothing_is_done_in_the_hour_that_clocks_repeat_or_skip(sent, gate):
    sent("SM1")
    with later(hours=17.5):
        tasks.forget()
    assert gate.forgotten == []
