"""What a call says: the text twice, then ten seconds to press a key. Nobody has to speak to a machine."""

import re
from collections.abc import Iterable, Sequence

from twilio.twiml.voice_response import Gather, VoiceResponse

from directory.enums import Language
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


def reminder(*, text: str, language: str, answers_to: str, names: Sequence[str] = ()) -> str:
    """Return the TwiML that says ``text`` twice and sends the key that is pressed to ``answers_to``.

    The ``names`` of places in it are said by a French voice, as the voice line says them.
    """
    call = VoiceResponse()
    # Time to lift the receiver to the ear.
    call.pause(length=1)
    # Without an address nobody could hear which key was pressed: the call only speaks.
    keys = {"input": "dtmf", "num_digits": 1, "timeout": SECONDS_TO_ANSWER}
    said = call.gather(**keys, action=answers_to, method="POST") if answers_to else call
    voice = voice_of(language)
    for _time in range(2):
        say(said, text, language, names)
        said.pause(length=1)
    if answers_to:
        said.say(spoken(HEAR_AGAIN, language), **voice)
    return str(call)


def goodbye(*, language: str, is_called_back: bool, texts: Iterable[str] = (), names: Sequence[str] = ()) -> str:
    """Return the TwiML that ends a call once a key was pressed, with the ``texts`` that answer it."""
    words = CALLED_BACK if is_called_back else NOTED
    call = VoiceResponse()
    for text in texts:
        say(call, text, language, names)
        call.pause(length=1)
    call.say(spoken(words, language), **voice_of(language))
    call.hangup()
    return str(call)


def voice_of(language: str) -> dict[str, str]:
    """Return who speaks: a French voice to those who sign."""
    return VOICES.get(language, VOICES["fr"])


def say(into: VoiceResponse | Gather, text: str, language: str, names: Sequence[str]) -> None:
    """Say a text in its language, but the names in French: no other voice makes a name of them."""
    own, french = voice_of(language), voice_of(Language.FR)
    parts = re.split(f"({'|'.join(map(re.escape, names))})", text) if names and own != french else [text]
    for part in parts:
        # What stands between two names may be a comma, or nothing.
        if words := part.strip().lstrip(",.، "):
            into.say(words, **(french if part in names else own))
