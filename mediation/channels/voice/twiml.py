"""What the line answers, in the operator's own words (www.twilio.com/docs/voice/twiml)."""

from pathlib import Path

from django.conf import settings
from django.urls import reverse
from twilio.twiml.voice_response import Gather, VoiceResponse

from mediation.channels.voice.answers import Answer, Ask, Dial, Said
from mediation.kernel.languages import spoken
from mediation.messaging.gateways.twilio import speech

# How long the desk's telephone rings.
SECONDS_TO_RING = 25


def recording_of(language: str, name: str) -> Path | None:
    """Return the file in which somebody speaks a prompt, where the city has one."""
    if not (settings.VOICE_RECORDINGS_DIR and name):
        return None
    path = Path(settings.VOICE_RECORDINGS_DIR) / language / f"{name}.mp3"
    return path if path.is_file() else None


def written(answer: Answer, *, language: str, turn: int) -> str:
    """Return an answer as the operator reads it; what comes next goes to the address of ``turn``."""
    response = VoiceResponse()
    comes_back = {"action": reverse("voice:turn", args=[turn]), "method": "POST"}
    if isinstance(answer, Ask):
        # Silence comes back too: it is one of the answers.
        gather = response.gather(
            input="dtmf",
            num_digits=answer.keys,
            timeout=speech.SECONDS_TO_ANSWER,
            action_on_empty_result=True,
            **comes_back,
        )
        _say(gather, answer.said, language)
        return str(response)
    _say(response, answer.said, language)
    if isinstance(answer, Dial):
        response.dial(answer.number, timeout=SECONDS_TO_RING, **comes_back)
    else:
        response.hangup()
    return str(response)


def _say(into: VoiceResponse | Gather, said: tuple[Said, ...], language: str) -> None:
    for sentence in said:
        voice = spoken(sentence.language or language)
        if recording_of(voice, sentence.recording):
            into.play(reverse("voice:recording", args=[voice, sentence.recording]))
        else:
            speech.say(into, sentence.text, voice, sentence.names)
