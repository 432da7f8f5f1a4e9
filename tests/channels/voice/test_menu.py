"""The menu, word for word; languages, silence, wrong keys; a person."""

import pytest
from django.utils import timezone, translation

from helpdesk.enums import Cause, Outcome
from helpdesk.models import HelpRequest
from mediation.accounts.actor import Door
from mediation.channels.models import Call
from mediation.channels.voice import limits
from mediation.channels.voice.prompts import Prompt
from mediation.channels.voice.tasks import forget_calls
from tests.channels.voice.caller import HIDDEN, LUCETTE, Caller
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
    assert menu[1] == spoken_in(code, Prompt.MENU_BOOK)
    assert caller.voices[:5] == [VOICES[code]] * 5
    assert sorted(caller.voices[5:]) == sorted(voice for other, voice in VOICES.items() if other != code)


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


# --- What the operator sends -----------------------------------------------------------------------------------------


def test_a_request_without_the_operators_signature_is_refused(client):
    caller = Caller(client)
    for address in ("/telephone/", "/telephone/1/", "/telephone/fin/"):
        assert caller.post(address, token="somebody else's").status_code == 403
        assert client.post(address, {"CallSid": caller.sid}).status_code == 403
        assert client.get(address).status_code == 405
    assert not Call.objects.exists()


@pytest.mark.parametrize("sid", ["", "C" * 35])
def test_a_call_without_a_name_is_none(client, sid):
    caller = Caller(client, sid=sid)
    assert caller.post("/telephone/").status_code == 400
    assert caller.post("/telephone/1/").status_code == 400


def test_a_repeated_request_is_told_the_same_and_changes_nothing(call):
    caller = call()
    first = caller.heard
    assert caller.dial() == first
    address = caller.next_address
    asked = caller.press("1")
    assert caller.request(address, Digits="1") == asked
    assert caller.request(address, Digits="2") == asked
    assert Call.objects.get().turn == 2


def test_after_the_end_nothing_is_said_and_nobody_is_remembered(call):
    caller = call()
    address = caller.next_address
    caller.press("1")
    caller.hang_up()
    row = Call.objects.get()
    assert (row.caller, row.memory, row.said) == ("", {}, "")
    assert row.ended_at
    assert caller.request(address, Digits="1") == []
    assert caller.is_over
    assert caller.dial() == []


def test_a_line_that_hangs_up_remembers_nobody_and_says_its_last_words_again(call, at_night):
    caller = call()
    address = caller.next_address
    heard = caller.press("0")
    row = Call.objects.get()
    assert (row.caller, row.memory, row.step) == ("", {}, "")
    assert caller.request(address, Digits="0") == caller.request("/telephone/2/", Digits="1") == heard
    assert HelpRequest.objects.count() == 1
    caller.hang_up()
    assert Call.objects.get().said == ""


def test_the_end_of_a_call_that_goes_on_is_none(call):
    caller = call()
    caller.post("/telephone/fin/", CallStatus="in-progress")
    assert Call.objects.get().ended_at is None


def test_a_call_that_was_forgotten_begins_again(call):
    caller = call()
    address = caller.next_address
    menu = caller.heard
    Call.objects.all().delete()
    assert caller.request(address, Digits="1") == menu


def test_calls_are_forgotten_after_a_day(call, now):
    call()
    now.shift(23 * 3600)
    call()
    now.shift(2 * 3600)
    forget_calls()
    assert Call.objects.count() == 1


def test_of_the_last_call_it_stays_known_when_it_was(call, now):
    call()
    last = call()
    last.press("1")
    rang_at = Call.objects.latest("started_at").started_at
    now.shift(3 * 24 * 3600)
    forget_calls()
    kept = Call.objects.get()
    assert kept.started_at == rang_at
    assert (kept.caller, kept.memory, kept.said, kept.step) == ("", {}, "", "")


def test_nobody_presses_keys_for_ever(call):
    caller = call()
    for _turn in range(78):
        caller.press("9")
    assert not caller.is_over
    caller.press("9")
    caller.press("9")
    assert caller.is_over


# --- Recordings ------------------------------------------------------------------------------------------------------


def test_a_recording_speaks_in_place_of_the_machine(call, client, settings, tmp_path):
    settings.VOICE_RECORDINGS_DIR = str(tmp_path)
    (tmp_path / "fr").mkdir()
    (tmp_path / "fr" / "menu_book.mp3").write_bytes(b"ID3")
    caller = call()
    assert caller.heard[1] == "/telephone/voix/fr/menu_book.mp3"
    assert caller.heard[2].startswith("Pour écouter")
    answer = client.get(caller.heard[1])
    assert (answer.status_code, answer["Content-Type"]) == (200, "audio/mpeg")
    assert b"".join(answer.streaming_content) == b"ID3"
    assert client.get("/telephone/voix/fr/menu_own.mp3").status_code == 404


def test_there_is_no_recording_where_no_folder_is_named(client):
    assert client.get("/telephone/voix/fr/menu_book.mp3").status_code == 404


def test_recordings_are_named_by_key_and_language(call, settings, tmp_path):
    settings.VOICE_RECORDINGS_DIR = str(tmp_path)
    (tmp_path / "es").mkdir()
    for name in ("other_languages", "language_3"):
        (tmp_path / "es" / f"{name}.mp3").write_bytes(b"ID3")
    caller = call()
    assert "/telephone/voix/es/other_languages.mp3" in caller.heard
    assert caller.press("8")[2] == "/telephone/voix/es/language_3.mp3"
