"""What stands in the place of each pair of braces, as a medium and a language write it."""

import datetime as dt

from django.conf import settings
from django.utils import timezone

from directory.enums import Language
from mediation.kernel import formats
from mediation.messaging.enums import Meaning, Medium, MessageKind
from mediation.messaging.vocabulary import word_for
from mediation.messaging.wording import dates
from mediation.messaging.wording.words import Words

WISHES = {
    "rdv": Meaning.BOOK,
    "lieux": Meaning.PLACES,
    "rappel": Meaning.CALL_BACK,
    "changer": Meaning.CHANGE,
    "annuler": Meaning.CANCEL,
    "autre": Meaning.MORE,
}
# Where a reader writes from right to left, pairs of digits would change places: marks hold them together.
LEFT_TO_RIGHT, AS_IT_IS, END = "\u2066", "\u2068", "\u2069"
# What 3 and 4 choose, or two things that are only told.
OPTIONS = ("3", "4")


def values(kind: MessageKind, medium: str, words: Words, language: str) -> dict[str, str]:
    """Return the values of the names that texts may use; a name without value is absent."""
    found = _of_whom(medium, words, language) | _of_when(kind, medium, words, language)
    found |= _of_places(medium, words, language) | _of_wishes(language)
    return _held_together(found) if language == Language.AR and medium == Medium.EMAIL else found


def _of_whom(medium: str, words: Words, language: str) -> dict[str, str]:
    return {
        "service": settings.NETWORK_SENDER,
        "telephone": _digits(settings.NETWORK_PHONE, medium, language),
        "lieu": words.place,
        "reference": _digits(formats.reference(words.reference), medium, language),
        "explication": words.explanation,
        "ticket": words.ticket,
    }


def _of_places(medium: str, words: Words, language: str) -> dict[str, str]:
    """Return what is said of two places, or of one (``place``) without a number behind the names."""
    phones = [_digits(phone, medium, language) for phone in words.phones]
    told = {"lieu": words.places, "horaires": words.hours, "numero": phones}
    return {
        f"{name}{key}": text
        for name, texts in told.items()
        for key, text in zip(OPTIONS if len(texts) == len(OPTIONS) else [""], texts, strict=False)
    }


def _of_wishes(language: str) -> dict[str, str]:
    """Return the words that somebody who reads ``language`` may send."""
    return {name: word_for(wish, language) for name, wish in WISHES.items()}


def _digits(text: str, medium: str, language: str) -> str:
    """Return a number in pairs; a pause between them where a machine reads it out."""
    if medium == Medium.VOICE:
        return text.replace(" ", ", ")
    # No mark holds pairs together in an Arabic text message or on paper: they are written as one.
    is_one = language == Language.AR and medium != Medium.EMAIL
    return text.replace(" ", "") if is_one else text


def _of_when(kind: MessageKind, medium: str, words: Words, language: str) -> dict[str, str]:
    found = {}
    times = {"": words.starts_at}
    if len(words.options) == len(OPTIONS):
        times |= dict(zip(OPTIONS, words.options, strict=True))
    for key, instant in times.items():
        if instant:
            found[f"jour{key}"] = dates.day(instant, language, is_short=medium == Medium.SMS)
            found[f"heure{key}"] = _hour(instant, medium, language)
    if words.answer_before:
        found["limite"] = _limit(kind, medium, words.answer_before, language)
    return found


def _hour(instant: dt.datetime, medium: str, language: str) -> str:
    if medium == Medium.VOICE:
        return dates.spoken_hour(instant, language)
    return dates.hour(instant, language, is_short=medium == Medium.SMS)


def _limit(kind: MessageKind, medium: str, instant: dt.datetime, language: str) -> str:
    """Return "mar. 18h", or "mardi 29 septembre, 18 h"; what answers a reply at once says "18h" of the same day."""
    hour = _hour(instant, medium, language)
    if medium != Medium.SMS:
        return f"{dates.day(instant, language, is_short=False)}, {hour}"
    if kind == MessageKind.EXCUSED and timezone.localdate(instant) == timezone.localdate():
        return hour
    return f"{dates.weekday(instant, language)} {hour}"


def _held_together(found: dict[str, str]) -> dict[str, str]:
    own_direction = {"service", "lieu"}
    numbers = {"telephone", "reference", "heure", "heure3", "heure4"}
    marked = {name: f"{AS_IT_IS}{text}{END}" for name, text in found.items() if name in own_direction}
    return found | marked | {name: f"{LEFT_TO_RIGHT}{text}{END}" for name, text in found.items() if name in numbers}
