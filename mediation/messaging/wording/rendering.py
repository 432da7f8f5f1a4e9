"""Make the text of a message: the only place that does."""

from django.conf import settings
from django.utils import translation
from django.utils.html import strip_tags
from django.utils.translation import gettext as _

from directory.enums import Language
from mediation.kernel.addresses import copied_down
from mediation.kernel.gsm7 import count_parts, transliterate
from mediation.messaging.enums import ANSWERS, ASKS, Medium, MessageKind, QuestionKind
from mediation.messaging.wording.own import own_text
from mediation.messaging.wording.texts import TEXTS, Form, TextKey, candidates, placeholders
from mediation.messaging.wording.texts_long import KEYS, SPOKEN, SUBJECTS, WRITTEN
from mediation.messaging.wording.values import values
from mediation.messaging.wording.words import Words

LANGUAGES = tuple(language for language in Language if language != Language.LSF)
# Their texts stay readable in the plain alphabet of text messages; those of the others would not.
LATIN = (Language.FR, Language.FR_SIMPLE, Language.EN, Language.ES, Language.PT)
# An operator's short number has as few digits as this.
SHORTEST_NUMBER = 5


def sender_receives() -> bool:
    """Say whether somebody can reply to our text messages: they come from a number, through an operator."""
    number = settings.SMS_FROM.removeprefix("+").replace(" ", "")
    is_number = number.isdigit() and len(number) >= SHORTEST_NUMBER
    return is_number and any(name != "file" for name in settings.SMS_GATEWAYS)


def render(
    kind: MessageKind,
    medium: Medium,
    words: Words,
    *,
    language: str = Language.FR,
    can_answer: bool | None = None,
) -> str:
    """Return the text of a message in the person's language, as the medium wants it.

    A text message has one part in French. An agent reads out French, whatever the person speaks.
    ``can_answer`` is what ``sender_receives`` says where nobody says otherwise; whoever has just written to us can.
    """
    language = Language.FR if medium == Medium.CALL_LIST else written_language(language)
    can_answer = kind in ANSWERS or sender_receives() if can_answer is None else can_answer
    with translation.override(language):
        found = values(kind, medium, words, language)
        form = Form.SHORT if medium == Medium.SMS else Form.LONG
        keys = candidates(kind, form, is_workshop=words.is_workshop, can_answer=can_answer)
        text = _filled(keys, found, language)
        if medium == Medium.SMS:
            return as_sms(text, language)
        return _framed(kind, medium, text, found)


def subject(kind: MessageKind, language: str = Language.FR) -> str:
    """Return the subject of an e-mail: it shows on a locked screen, so it says no more than a text message."""
    with translation.override(written_language(language)):
        return f"{SUBJECTS[kind]} · {settings.NETWORK_NAME}"


def written_language(language: str) -> Language:
    """Return the language in which somebody reads: French for those who sign."""
    return Language(language) if language in LANGUAGES else Language.FR


def as_sms(text: str, language: str) -> str:
    """Return the text with the characters of a plain text message, where the language allows it."""
    if language not in LATIN:
        return text
    plain = transliterate(text)
    # The longest text on the first of the longest months: "1" is read as well as "1er".
    return plain if count_parts(plain) == 1 else plain.replace(" 1er ", " 1 ")


def _filled(keys: list[TextKey], found: dict[str, str], language: str) -> str:
    """Return the first text whose values are all known, the city's own before the product's."""
    for key in keys:
        for text in (own_text(key, language), str(TEXTS[key])):
            if text is not None and placeholders(text) <= found.keys():
                return text.format(**found)
    raise LookupError(f"Nothing says {keys} with {sorted(found)}")


def _framed(kind: MessageKind, medium: Medium, text: str, found: dict[str, str]) -> str:
    network = settings.NETWORK_NAME
    if medium in {Medium.EMAIL, Medium.LETTER}:
        return str(WRITTEN).format(texte=text, reseau=network, **found) + _relay()
    if medium != Medium.VOICE:
        return text
    spoken, asks = str(SPOKEN).format(texte=text, reseau=network), ASKS.get(kind)
    # After a cancellation the key 1 means something only as long as the time is kept.
    is_open = asks and (asks != QuestionKind.CANCELLED or "limite" in found)
    return f"{spoken} {KEYS[asks]}" if is_open else spoken


def _relay() -> str:
    """Return how deaf, hard-of-hearing and aphasic people call that number; nothing where the city names no relay.

    The words are those of pages (ui/relay.html), whose marks stand in no message.
    """
    if not settings.NETWORK_RELAY_URL:
        return ""
    address = {"address": copied_down(settings.NETWORK_RELAY_URL)}
    words = _("Sourds, malentendants, aphasiques : appelez par le relais, <bdi>%(address)s</bdi>")
    return f"{strip_tags(words % address)}\n"
