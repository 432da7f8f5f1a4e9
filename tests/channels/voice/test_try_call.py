"""`manage.py try_call`: the line without an operator."""

import pytest
from django.core.management import call_command

from helpdesk.models import Appointment
from mediation.channels.models import Call


@pytest.fixture
def press(monkeypatch):
    """Have these keys typed, one line after the other."""

    def _press(*keys: str) -> None:
        lines = iter(keys)
        monkeypatch.setattr("builtins.input", lambda _prompt: next(lines))

    return _press


def test_a_call_is_played_in_the_terminal(press, capsys):
    press("1", "31400", "1", "1", "")
    call_command("try_call", "--from", "06 39 98 00 01")
    said = capsys.readouterr().out
    assert "fr-FR: Pour prendre rendez-vous, tapez 1." in said
    assert said.rstrip().endswith("Merci, au revoir.")
    assert Appointment.objects.get().attendees.get().beneficiary.phone == "+33639980001"
    assert Call.objects.get().ended_at


def test_hanging_up_books_nothing(press, capsys):
    press("1", "31400", "q")
    call_command("try_call")
    assert "Pour d’autres horaires, tapez 3." in capsys.readouterr().out
    assert not Appointment.objects.exists()


def test_the_desks_telephone_may_stay_unanswered(press, capsys):
    press("0", "no-answer")
    call_command("try_call", "--from", "06 39 98 00 01")
    assert "une personne vous rappellera" in capsys.readouterr().out
