"""What a call says: the text twice, then ten seconds to press a key. Nobody has to speak to a machine."""

from collections.abc import Iterable

from twilio.twiml.voice_response import VoiceResponse

from mediation.messaging.wording.texts_calls import CALLED_BACK, HEAR_AGAIN, NOTED, spoken

SECONDS_TO_ANSWER = 10
# Twilio's voices by language; where we name none, it takes the one it has for the language.
VOICES = {
    "fr": {"language": "fr-FR", "voice": "Polly.Lea-Neural"},
    "en": {"language": "en-GB", "voice": "Polly.Amy-Neural"},
    "es": {"language": "es-ES", "voice": "Polly.Lucia-Neural"},
    "pt": {"language": "pt-PT", "voice": "Polly.Ines-Neural"},
    "ar": {"language": "arb", "voice": "Polly.Zeina"},
    "uk": {"language": "uk-UA"},
}


def reminder(*, text: str, language: str, answers_to: str) -> str:
    """Return the TwiML that says ``text`` twice and sends the key that is pressed to ``answers_to``."""
    call = VoiceResponse()
    # Time to lift the receiver to the ear.
    call.pause(length=1)
    # Without an address nobody could hear which key was pressed: the call only speaks.
    keys = {"input": "dtmf", "num_digits": 1, "timeout": SECONDS_TO_ANSWER}
    said = call.gather(**keys, action=answers_to, method="POST") if answers_to else call
    voice = _voice(language)
    for _time in range(2):
        said.say(text, **voice)
        said.pause(length=1)
    if answers_to:
        said.say(spoken(HEAR_AGAIN, language), **voice)
    return str(call)


def goodbye(*, language: str, is_called_back: bool, texts: Iterable[str] = ()) -> str:
    """Return the TwiML that ends a call once a key was pressed, with the ``texts`` that answer it."""
    words = CALLED_BACK if is_called_back else NOTED
    call = VoiceResponse()
    for text in texts:
        call.say(text, **_voice(language))
        call.pause(length=1)
    call.say(spoken(words, language), **_voice(language))
    call.hangup()
    return str(call)


def _voice(language: str) -> dict[str, str]:
    """Return who speaks: a French voice to those who sign."""
    return VOICES.get(language, VOICES["fr"])
