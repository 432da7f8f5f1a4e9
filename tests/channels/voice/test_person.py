"""Reaching a person: at once, or by being called back."""

import pytest
from django.utils import timezone

from helpdesk.enums import Cause, Outcome
from helpdesk.models import HelpRequest
from mediation.channels.voice import limits
from tests.channels.voice.caller import HIDDEN
from tests.channels.voice.conftest import DESK


@pytest.mark.parametrize("way", [[], ["1"], ["3"], ["2"], ["8"], ["1", "31400"], ["1", "31400", "1"]])
def test_zero_is_a_person_everywhere(call, way):
    caller = call()
    for keys in way:
        caller.press(keys)
    assert caller.press("0") == ["Je vous passe une personne. Restez en ligne."]
    assert caller.rings == DESK


def test_whoever_talked_to_somebody_is_not_called_back(call):
    caller = call()
    caller.press("0")
    assert caller.desk_rang("completed") == []
    assert caller.is_over
    assert not HelpRequest.objects.exists()


@pytest.mark.parametrize("outcome", ["no-answer", "busy", "failed"])
def test_where_the_desk_does_not_answer_somebody_calls_back(call, outcome):
    caller = call()
    caller.press("0")
    heard = caller.desk_rang(outcome)
    assert heard[0] == "Personne n’est libre pour le moment."
    assert HelpRequest.objects.get().cause == Cause.CALL_BACK


def test_without_a_number_to_ring_people_are_called_back(call, settings):
    settings.VOICE_DESK_NUMBER = ""
    caller = call()
    assert "Pour être rappelé, tapez 0." in caller.heard
    caller.press("0")
    assert HelpRequest.objects.count() == 1


def test_a_hidden_number_is_asked_for_to_be_called_back(call, at_night):
    caller = call(HIDDEN)
    assert "tapez les dix chiffres" in caller.press("0")[0]
    assert caller.xml.find("Gather").get("numDigits") == "10"
    assert caller.press("063998")[0] == "Ce numéro n’est pas complet."
    assert not HelpRequest.objects.exists()
    caller.press("0639980044")
    assert HelpRequest.objects.get().beneficiary.phone == "+33639980044"


def test_a_hidden_number_that_is_never_typed_ends_the_call(call, at_night):
    caller = call(HIDDEN)
    caller.press("0")
    caller.press("0")
    assert caller.press("0")[-1] == "Rappelez-nous aux heures d’ouverture. Au revoir."
    assert caller.is_over


def test_the_language_of_the_call_is_kept_with_whoever_is_called_back(call, at_night):
    caller = call()
    caller.press("8")
    caller.press("5")
    caller.press("0")
    assert HelpRequest.objects.get().beneficiary.language == "ar"


def test_who_calls_again_while_they_wait_is_told_the_same_and_waits_once(call, at_night):
    heard = call().press("0")
    assert heard == ["C’est noté\u00a0: une personne vous rappellera. Au revoir."]
    assert call().press("0") == heard
    assert HelpRequest.objects.count() == 1


def test_one_number_asks_for_few_calls(call, at_night):
    for _call in range(3):
        call().press("0")
        HelpRequest.objects.update(closed_at=timezone.now(), outcome=Outcome.HELPED)
    assert call().press("0") == ["Rappelez-nous aux heures d’ouverture. Au revoir."]


def test_a_number_that_calls_all_day_long_gets_a_person(call):
    for _call in range(limits.CALLS_OF_NUMBER.most):
        call()
    caller = call()
    assert caller.heard[0] == "Vous avez déjà beaucoup appelé aujourd’hui."
    assert caller.rings == DESK
    assert len(call(HIDDEN).heard) > 5
