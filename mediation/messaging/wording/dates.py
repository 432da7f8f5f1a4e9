"""How each language of the messages writes days and hours. Django knows the names of all but French, the kernel's."""

import datetime as dt

from directory.enums import Language
from mediation.kernel import days, formats
from mediation.kernel.languages import spoken

# Arabic and Ukrainian have 70 characters a part: their short months are numbers.
SHORT = days.SHORT | {Language.AR: "l d/m", Language.UK: "D d.m"}


def day(instant: dt.datetime, language: str, *, is_short: bool) -> str:
    """Return "mer. 30 sept." or "mercredi 30 septembre"; the language is the active one."""
    if spoken(language) == Language.FR:
        return formats.short_day(instant) if is_short else formats.long_day(instant)
    return days.day(formats.local(instant), language, (SHORT if is_short else days.FULL)[language])


def weekday(instant: dt.datetime, language: str) -> str:
    """Return "mer."."""
    return day(instant, language, is_short=True).split()[0]


def hour(instant: dt.datetime, language: str, *, is_short: bool) -> str:
    """Return "14h30" (spaces cost characters) or "14 h 30"; other languages write 14:30."""
    if spoken(language) != Language.FR:
        return days.hour(formats.local(instant))
    text = formats.hour(instant)
    return text.replace(formats.NO_BREAK, "") if is_short else text


def spoken_hour(instant: dt.datetime, language: str) -> str:
    """Return "14 heures 30", which no machine reads as a letter; elsewhere "9:00", without a zero to be said."""
    moment = formats.local(instant)
    if spoken(language) != Language.FR:
        return f"{moment.hour}:{moment.minute:02}"
    unit = "heure" if moment.hour < 2 else "heures"
    return f"{moment.hour} {unit} {moment.minute:02}" if moment.minute else f"{moment.hour} {unit}"
