"""How each language of the messages writes days and hours. Django knows the names of all but French, the kernel's."""

import datetime as dt
from collections.abc import Callable

from directory.enums import Language
from mediation.kernel import days, formats
from mediation.kernel.languages import spoken

# Arabic and Ukrainian have 70 characters a part: their short months are numbers.
SHORT = days.SHORT | {Language.AR: "l d/m", Language.UK: "D d.m"}


ARABIC_HOURS = (
    "الثانية عشرة",
    "الواحدة",
    "الثانية",
    "الثالثة",
    "الرابعة",
    "الخامسة",
    "السادسة",
    "السابعة",
    "الثامنة",
    "التاسعة",
    "العاشرة",
    "الحادية عشرة",
)
ARABIC_PARTS = ((12, "صباحا"), (13, "ظهرا"), (18, "بعد الظهر"), (24, "مساء"))
ARABIC_MINUTES = {5: " وخمس دقائق", 10: " وعشر دقائق", 15: " والربع", 20: " والثلث", 30: " والنصف"}


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
    """Return an hour as people of that language say it: "14 heures 30", "2:30 pm", "14 y 30"."""
    moment = formats.local(instant)
    return _HOURS.get(spoken(language), _french_hour)(moment.hour, moment.minute)


def _french_hour(hours: int, minutes: int) -> str:
    """Return "14 heures 30", which no machine reads as a letter."""
    unit = "heure" if hours < 2 else "heures"
    return f"{hours} {unit} {minutes:02}" if minutes else f"{hours} {unit}"


def _english_hour(hours: int, minutes: int) -> str:
    half = "am" if hours < 12 else "pm"
    return f"{hours % 12 or 12}:{minutes:02} {half}" if minutes else f"{hours % 12 or 12} {half}"


def _arabic_hour(hours: int, minutes: int) -> str:
    """Return the hour as a word, after "الساعة": "الثانية والنصف بعد الظهر"."""
    part = next(words for until, words in ARABIC_PARTS if hours < until)
    past = ARABIC_MINUTES.get(minutes, f" و{minutes} دقيقة") if minutes else ""
    return f"{ARABIC_HOURS[hours % 12]}{past} {part}"


_HOURS: dict[str, Callable[[int, int], str]] = {
    Language.EN: _english_hour,
    Language.ES: lambda hours, minutes: f"{hours} y {minutes}" if minutes else f"{hours} horas",
    Language.PT: lambda hours, minutes: f"{hours} e {minutes}" if minutes else f"{hours} horas",
    Language.AR: _arabic_hour,
    # "чотирнадцять тридцять": any other form would have to follow the words around it.
    Language.UK: lambda hours, minutes: f"{hours}:{minutes:02}",
}
