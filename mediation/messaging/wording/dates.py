"""How each language of the messages writes days and hours. Django knows the names of all but French, the kernel's."""

import datetime as dt

from django.utils.dateformat import format as written

from directory.enums import Language
from mediation.kernel import formats

# Short, in full. Arabic and Ukrainian have 70 characters a part: their short months are numbers.
PATTERNS = {
    Language.EN: ("D j N", "l j F"),
    Language.ES: ("D j N", r"l j \d\e F"),
    Language.PT: ("D j N", r"l, j \d\e F"),
    Language.AR: ("l d/m", "l j F"),
    Language.UK: ("D d.m", "l, j E"),
}
# Here days and months begin with a small letter, whatever Django's lists hold.
CAPITALS = (Language.EN, Language.AR)


def day(instant: dt.datetime, language: str, *, is_short: bool) -> str:
    """Return "mer. 30 sept." or "mercredi 30 septembre"; the language is the active one."""
    if language == Language.FR:
        return formats.short_day(instant) if is_short else formats.long_day(instant)
    short, full = PATTERNS[Language(language)]
    text = written(formats.local(instant), short if is_short else full)
    return text if language in CAPITALS else text.lower()


def weekday(instant: dt.datetime, language: str) -> str:
    """Return "mer."."""
    return day(instant, language, is_short=True).split()[0]


def hour(instant: dt.datetime, language: str, *, is_short: bool) -> str:
    """Return "14h30" (spaces cost characters) or "14 h 30"; other languages write 14:30."""
    if language != Language.FR:
        return written(formats.local(instant), "H:i")
    text = formats.hour(instant)
    return text.replace(formats.NO_BREAK, "") if is_short else text


def spoken_hour(instant: dt.datetime, language: str) -> str:
    """Return "14 heures 30", which no machine reads as a letter."""
    if language != Language.FR:
        return hour(instant, language, is_short=False)
    moment = formats.local(instant)
    unit = "heure" if moment.hour < 2 else "heures"
    return f"{moment.hour} {unit} {moment.minute:02}" if moment.minute else f"{moment.hour} {unit}"
