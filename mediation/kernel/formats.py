"""How dates, hours, durations, numbers and telephone numbers are written, in French and as other languages do."""

import datetime as dt
import unicodedata
from collections.abc import Iterable

from django.utils import timezone
from django.utils.translation import ngettext

from mediation.kernel import days
from mediation.kernel.languages import in_french, spoken

NARROW = "\u202f"
NO_BREAK = "\u00a0"
# Browsers cut a line after a dash, whatever space follows.
JOINER = "\u2060"
# Nearer days are told from those of another year by their month.
FAR = dt.timedelta(days=183)
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
SHORT_DAYS = tuple(f"{day[:3]}." for day in DAYS)
SHORT_MONTHS = ("janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")


def local(value: dt.date | dt.datetime) -> dt.date | dt.datetime:
    """Return an instant in Paris time; a plain date as it is."""
    if isinstance(value, dt.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


def short_day(value: dt.date | dt.datetime) -> str:
    """Return "mar. 3 déc."."""
    day = local(value)
    if not in_french():
        return days.day(day, spoken(), days.SHORT[spoken()])
    return f"{SHORT_DAYS[day.weekday()]} {ordinal(day.day)} {SHORT_MONTHS[day.month - 1]}"


def long_day(value: dt.date | dt.datetime, *, year: bool = False) -> str:
    """Return "mardi 3 décembre", with the year where asked."""
    day = local(value)
    if in_french():
        text = f"{DAYS[day.weekday()]} {ordinal(day.day)} {MONTHS[day.month - 1]}"
        return f"{text} {day.year}" if year else text
    pattern = days.FULL[spoken()]
    return days.day(day, spoken(), f"{pattern} {days.YEAR.get(spoken(), 'Y')}" if year else pattern)


def dated_day(value: dt.date | dt.datetime) -> str:
    """Return "mar. 3 déc.", with the year where one would take it for a nearer one: far away, or in an earlier year."""
    day, today = local(value), timezone.localdate()
    date = day.date() if isinstance(day, dt.datetime) else day
    text = short_day(value)
    return f"{text} {date.year}" if abs(date - today) > FAR or date.year < today.year else text


def ordinal(day: int) -> str:
    """Return the day of a month as French writes it: 1er, 2, 3…"""
    return "1er" if day == 1 else str(day)


def hour(value: dt.datetime | dt.time) -> str:
    """Return "14 h 30", or "9 h" on the hour."""
    moment = local(value) if isinstance(value, dt.datetime) else value
    if not in_french():
        return days.hour(moment)
    if not moment.minute:
        return f"{moment.hour}{NO_BREAK}h"
    return f"{moment.hour}{NO_BREAK}h{NO_BREAK}{moment.minute:02}"


def moment(value: dt.datetime) -> str:
    """Return "mar. 3 déc., 14 h 30"."""
    return f"{short_day(value)}{comma()}{hour(value)}"


def between(start: str, end: str) -> str:
    """Return "9 h – 12 h", never cut over two lines."""
    if spoken() in days.RANGE:
        return days.RANGE[spoken()].format(start=start, end=end).replace(" ", NO_BREAK)
    return f"{start}{NO_BREAK}–{JOINER}{NO_BREAK}{end}"


def hours(start: dt.datetime | dt.time, end: dt.datetime | dt.time) -> str:
    """Return "9 h – 9 h 30", in one piece."""
    return between(hour(start), hour(end))


def dated_moment(value: dt.datetime) -> str:
    """Return "mar. 3 déc., 14 h 30", with the year where one would take it for a nearer one."""
    return f"{dated_day(value)}{comma()}{hour(value)}"


def comma() -> str:
    """Return what stands between two things that are listed."""
    return "، " if spoken() == "ar" else ", "


def listed(texts: Iterable[object]) -> str:
    """Return texts one after the other: "Imprimante, scanner"."""
    return comma().join(map(str, texts))


def introduced(label: str) -> str:
    """Return a label that says what follows: "Téléphone :", "Phone:". A question does so by itself."""
    if label.endswith(("?", "؟")):
        return label
    return f"{label}{NO_BREAK}:" if in_french() else f"{label}:"


def duration(minutes: int) -> str:
    """Return "45 min", "1 h" or "1 h 30"."""
    hours, rest = divmod(minutes, 60)
    parts = ngettext("%(minutes)s\u00a0min", "%(minutes)s\u00a0min", rest) % {"minutes": rest}
    if not hours:
        return parts
    whole = ngettext("%(hours)s\u00a0h", "%(hours)s\u00a0h", hours) % {"hours": hours}
    if not rest:
        return whole
    if in_french():
        return f"{whole}{NO_BREAK}{rest:02}"
    return f"{whole}{NO_BREAK}{'و' if spoken() == 'ar' else ''}{parts}"


def number(value: int | float) -> str:
    """Return a number with narrow no-break spaces between thousands and a decimal comma, or as other languages do."""
    text = f"{value:,.1f}" if isinstance(value, float) and not value.is_integer() else f"{int(value):,}"
    thousands, decimal = days.SEPARATORS.get(spoken(), (NARROW, ","))
    return text.translate({ord(","): thousands, ord("."): decimal})


def percent(part: int, whole: int) -> str:
    """Return "42 %", or a dash where there is nothing to divide by."""
    space = "" if spoken() in days.JOINED_PERCENT else NARROW
    return f"{round(100 * part / whole)}{space}%" if whole else "–"


def phone(value: str) -> str:
    """Return a French number in pairs ("05 36 49 00 00"), another one as it came."""
    national = f"0{value[3:]}" if value.startswith("+33") and len(value) == 12 else value
    if len(national) == 10 and national.isdigit():
        return " ".join(national[i : i + 2] for i in range(0, 10, 2))
    return value


def unbroken(text: str) -> str:
    """Return a number of several groups in one piece: no line cuts it, none from right to left turns it round."""
    return text.replace(" ", NO_BREAK)


def reference(value: str) -> str:
    """Return an eight-digit reference in pairs, as it is spoken and typed: "48 21 07 33"."""
    return " ".join(value[i : i + 2] for i in range(0, len(value), 2))


def searchable(text: str) -> str:
    """Return ``text`` in lower case without accents or punctuation, words one space apart."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
    return " ".join("".join(c if c.isalnum() else " " for c in bare.replace("œ", "oe")).split())
