"""What a call says: the text twice, then ten seconds to press a key. Nobody has to speak to a machine."""

from twilio.twiml.voice_response import Gather, VoiceResponse

SECONDS_TO_ANSWER = 10
HEAR_AGAIN = "9"
# Twilio's voices by language; where we name none, it takes the one it has for the language.
VOICES = {
    "fr": {"language": "fr-FR", "voice": "Polly.Lea-Neural"},
    "en": {"language": "en-GB", "voice": "Polly.Amy-Neural"},
    "es": {"language": "es-ES", "voice": "Polly.Lucia-Neural"},
    "pt": {"language": "pt-PT", "voice": "Polly.Ines-Neural"},
    "ar": {"language": "arb", "voice": "Polly.Zeina"},
    "uk": {"language": "uk-UA"},
}
# Said in the language of the message, whatever the language of this process.
AGAIN = {
    "fr": "Pour réécouter, tapez 9.",
    "en": "To hear this again, press 9.",
    "es": "Para volver a escuchar, pulse 9.",
    "pt": "Para ouvir de novo, prima 9.",
    "ar": "للاستماع مرة أخرى، اضغط 9.",
    "uk": "Щоб прослухати ще раз, натисніть 9.",
}
NOTED = {
    "fr": "C’est noté. Merci, au revoir.",
    "en": "Thank you, we have noted it. Goodbye.",
    "es": "Queda anotado. Gracias, hasta pronto.",
    "pt": "Fica registado. Obrigado, até breve.",
    "ar": "تم تسجيل إجابتك. شكرا، إلى اللقاء.",
    "uk": "Записано. Дякуємо, до побачення.",
}
CALLED_BACK = {
    "fr": "Merci. Une personne de l’accueil vous rappellera. Au revoir.",
    "en": "Thank you. Somebody will call you back. Goodbye.",
    "es": "Gracias. Le llamaremos. Hasta pronto.",
    "pt": "Obrigado. Alguém lhe vai ligar. Até breve.",
    "ar": "شكرا. سيتصل بك أحد موظفينا. إلى اللقاء.",
    "uk": "Дякуємо. Вам зателефонують. До побачення.",
}


def spoken(language: str) -> str:
    """Return the language that a call speaks: French for whoever has another one, or signs."""
    return language if language in VOICES else "fr"


def reminder(*, text: str, language: str, answers_to: str) -> str:
    """Return the TwiML that says ``text`` twice and sends the key that is pressed to ``answers_to``."""
    call = VoiceResponse()
    # Time to lift the receiver to the ear.
    call.pause(length=1)
    # Without an address nobody could hear which key was pressed: the call only speaks.
    keys = Gather(input="dtmf", num_digits=1, timeout=SECONDS_TO_ANSWER, action=answers_to, method="POST")
    said = call.append(keys) if answers_to else call
    voice = VOICES[spoken(language)]
    for _time in range(2):
        said.say(text, **voice)
        said.pause(length=1)
    if answers_to:
        said.say(AGAIN[spoken(language)], **voice)
    return str(call)


def goodbye(*, language: str, is_called_back: bool) -> str:
    """Return the TwiML that ends a call once a key was pressed."""
    words = CALLED_BACK if is_called_back else NOTED
    call = VoiceResponse()
    call.say(words[spoken(language)], **VOICES[spoken(language)])
    call.hangup()
    return str(call)
