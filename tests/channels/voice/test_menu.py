"""The menu, word for word; languages, silence, wrong keys."""

import pytest
from django.utils import translation

from helpdesk.enums import Cause
from helpdesk.models import HelpRequest
from mediation.accounts.actor import Door
from mediation.channels.voice.prompts import Prompt
from tests.channels.voice.caller import LUCETTE
from tests.channels.voice.conftest import DESK

OTHERS = ("en", "es", "pt", "ar", "uk")
VOICES = {"fr": "fr-FR", "en": "en-GB", "es": "es-ES", "pt": "pt-PT", "ar": "arb", "uk": "uk-UA"}


def spoken_in(code: str, prompt: Prompt) -> str:
    with translation.override(code):
        return str(prompt.label)


def test_the_menu_is_word_for_word_what_was_agreed(call):
    caller = call()
    assert " ".join(caller.heard[:5]) == (
        "Bonjour, Toulouse numérique ensemble. Pour prendre rendez-vous, tapez 1. Pour écouter, changer ou annuler "
        "votre rendez-vous, tapez 2. Pour savoir où trouver de l’aide, tapez 3. Pour parler à une personne, tapez 0, "
        "ou restez en ligne."
    )
    assert caller.heard[5:] == [spoken_in(code, Prompt.OTHER_LANGUAGES) for code in OTHERS]
    assert caller.voices == ["fr-FR"] * 5 + [VOICES[code] for code in OTHERS]
    gather = caller.xml.find("Gather")
    assert (gather.get("numDigits"), gather.get("timeout"), gather.get("input")) == ("1", "10", "dtmf")
    assert gather.get("actionOnEmptyResult") == "true"
    assert "tapez 9" not in " ".join(caller.heard)


def test_outside_hours_the_menu_offers_to_call_back(call, at_night):
    heard = call().heard
    assert heard[4] == "Pour être rappelé, tapez 0."
    assert not any("restez en ligne" in sentence for sentence in heard)


@pytest.mark.parametrize(("key", "code"), list(enumerate(VOICES, start=1)))
def test_each_language_has_its_menu_in_its_own_voice(call, key, code):
    caller = call()
    languages = caller.press("8")
    assert len(languages) == 6
    assert caller.voices == list(VOICES.values())
    assert "English" in languages[1]
    menu = caller.press(str(key))
    # The city's name is French in every language: a French voice says it.
    greeting = [VOICES[code]] if code == "fr" else [VOICES[code], VOICES["fr"]]
    assert (menu[1] == "Toulouse numérique ensemble") == (code != "fr")
    assert menu[len(greeting)] == spoken_in(code, Prompt.MENU_BOOK)
    assert caller.voices[: len(greeting) + 4] == [*greeting, *[VOICES[code]] * 4]
    assert sorted(caller.voices[len(greeting) + 4 :]) == sorted(
        voice for other, voice in VOICES.items() if other != code
    )


def test_nine_says_the_same_again_and_is_announced_after_the_first_silence(call):
    caller = call()
    menu = caller.heard
    assert caller.press("9") == menu
    again = caller.say_nothing()
    assert again == ["Je n’ai pas entendu votre choix.", *menu, "Pour réécouter, tapez 9."]


@pytest.mark.parametrize("key", ["7", "*", "45"])
def test_a_wrong_key_asks_again(call, key):
    assert call().press(key)[0] == "Cette touche ne correspond à aucun choix."


def test_two_failures_lead_to_a_person(call):
    caller = call()
    caller.press("7")
    assert caller.say_nothing() == ["Je n’ai pas entendu votre choix.", "Je vous passe une personne. Restez en ligne."]
    assert caller.rings == DESK


def test_a_failure_is_forgotten_once_something_was_understood(call):
    caller = call()
    caller.say_nothing()
    caller.press("1")
    caller.say_nothing()
    assert not caller.rings


def test_two_failures_at_night_lead_to_a_call_back(call, at_night):
    caller = call()
    caller.say_nothing()
    assert caller.say_nothing()[-1] == "C’est noté\u00a0: une personne vous rappellera. Au revoir."
    assert caller.is_over
    request = HelpRequest.objects.get()
    assert (request.cause, request.asked_through, request.beneficiary.phone) == (
        Cause.OUT_OF_HOURS,
        Door.VOICE,
        LUCETTE,
    )
