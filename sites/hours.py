"""When a place is open, from its OSM ``opening_hours``, its closures, public and school holidays.

The evaluation itself is opening-hours-py's; three things are ours, day by day: school holidays (``SH``), which it does
not know; closures; and public holidays where the hours say nothing of them, when a place is taken to be shut: somebody
sent to a closed door costs more than somebody who stayed at home.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Protocol

from django.utils import timezone
from django.utils.translation import gettext as _
from opening_hours import OpeningHours, State, validate

from mediation.kernel import formats
from mediation.territory.selectors import SchoolCalendar, is_public_holiday, public_holiday

COUNTRY = "FR"
# A place that opens again later than this is, for whoever asks today, closed.
HORIZON_DAYS = 100
ONE_DAY = dt.timedelta(days=1)
SATURDAY = 5
DAY_NAME = r"(?:Mo|Tu|We|Th|Fr|Sa|Su)"
Period = tuple[dt.datetime, dt.datetime]


class ClosureLike(Protocol):
    """Days on which nobody is received, last one included."""

    starts_on: dt.date
    ends_on: dt.date
    reason: str


@dataclass(frozen=True)
class DayHours:
    """One day of a place: when it is open, or why it is not."""

    day: dt.date
    periods: tuple[Period, ...]
    closed_reason: str = ""
    is_certain: bool = True

    @property
    def words(self) -> str:
        """The day in words: "9 h – 12 h, 14 h – 18 h", "fermé (Noël)"."""
        if not self.periods:
            return _("fermé (%(reason)s)") % {"reason": self.closed_reason} if self.closed_reason else _("fermé")
        hours = [formats.between(formats.hour(opens), _closing(self.day, closes)) for opens, closes in self.periods]
        spans = formats.listed(hours)
        return spans if self.is_certain else _("%(hours)s (à vérifier)") % {"hours": spans}


@dataclass(frozen=True)
class OpeningStatus:
    """Whether a place is open at some moment; ``is_open`` is None where nobody said its hours."""

    is_open: bool | None
    changes_at: dt.datetime | None
    words: str

    @property
    def tone(self) -> str:
        """The tone of its badge."""
        return {True: "ok", False: "plain", None: "plain"}[self.is_open]


@dataclass(frozen=True)
class Timetable:
    """A place's hours with everything that changes them."""

    hours: str
    closures: Sequence[ClosureLike]
    calendar: SchoolCalendar

    @property
    def is_readable(self) -> bool:
        """Whether the hours can be evaluated at all."""
        return bool(self.hours) and is_valid(self.hours)

    def day(self, day: dt.date) -> DayHours:
        """Return when the place is open on ``day``."""
        if closure := self._closure(day):
            return DayHours(day, (), closure.reason or _("fermeture exceptionnelle"))
        holiday = public_holiday(day)
        if holiday and not mentions(self.hours, "PH") and "24/7" not in self.hours:
            return DayHours(day, (), holiday)
        periods = self._evaluate(day)
        is_certain = not mentions(self.hours, "SH") or self.calendar.knows(day)
        return DayHours(day, periods, "" if periods else holiday or "", is_certain)

    def week(self, first_day: dt.date) -> list[DayHours]:
        """Return the hours of seven days; [] where they cannot be read."""
        return [self.day(day) for day in _seven_days(first_day)] if self.is_readable else []

    def ordinary_week(self, today: dt.date) -> list[DayHours]:
        """Return seven days of the hours without holiday or closure; [] where they cannot be read."""
        monday = today - today.weekday() * ONE_DAY
        while any(map(self._is_holiday, _seven_days(monday))):
            monday += 7 * ONE_DAY
        return replace(self, closures=()).week(monday)

    def opens_on_saturdays(self, today: dt.date) -> bool:
        """Say whether the place opens on ordinary Saturdays: those without holiday or closure."""
        day = today + (SATURDAY - today.weekday()) % 7 * ONE_DAY
        while self._is_holiday(day):
            day += 7 * ONE_DAY
        return bool(self._evaluate(day))

    def status(self, at: dt.datetime) -> OpeningStatus:
        """Return whether the place is open at ``at``, and until when."""
        now = timezone.localtime(at)
        if not self.is_readable:
            if self._closure(now.date()):
                return OpeningStatus(False, None, _("Fermé"))
            return OpeningStatus(None, None, _("Horaires à vérifier") if self.hours else _("Horaires non renseignés"))
        today = self.day(now.date())
        current = next((period for period in today.periods if period[0] <= now < period[1]), None)
        if current:
            return self._open(now, current, today.is_certain)
        return self._closed(now)

    def _closure(self, day: dt.date) -> ClosureLike | None:
        return next((closure for closure in self.closures if closure.starts_on <= day <= closure.ends_on), None)

    def _is_holiday(self, day: dt.date) -> bool:
        return is_public_holiday(day) or self.calendar.is_holiday(day)

    def _evaluate(self, day: dt.date) -> tuple[Period, ...]:
        """Return the open spans of one day, the part after midnight left to the next."""
        if not self.is_readable:
            return ()
        expression = for_school_day(self.hours, is_holiday=self.calendar.is_holiday(day))
        start = midnight(day)
        found = parse(expression).intervals(start, midnight(day + ONE_DAY)) if expression else ()
        return tuple((opens, closes) for opens, closes, state, _comment in found if state == State.OPEN)

    def _open(self, now: dt.datetime, period: Period, is_certain: bool) -> OpeningStatus:
        closes = period[1]
        while closes == midnight(closes.date()) and closes - now < dt.timedelta(days=8):
            following = self.day(closes.date()).periods
            if not following or following[0][0] != closes:
                break
            closes = following[0][1]
        if closes - now >= dt.timedelta(days=7):
            return OpeningStatus(True, None, _("Ouvert jour et nuit"))
        words = _("Ouvert jusqu’à %(hour)s") % {"hour": _closing(now.date(), closes)}
        return OpeningStatus(True, closes, _doubted(words, is_certain))

    def _closed(self, now: dt.datetime) -> OpeningStatus:
        for offset in range(HORIZON_DAYS):
            day = self.day(now.date() + offset * ONE_DAY)
            opens = next((opens for opens, _closes in day.periods if opens > now), None)
            if opens:
                return OpeningStatus(False, opens, _doubted(_opening_words(now, opens), day.is_certain))
        return OpeningStatus(False, None, _("Fermé"))


def _seven_days(first_day: dt.date) -> list[dt.date]:
    return [first_day + offset * ONE_DAY for offset in range(7)]


def midnight(day: dt.date) -> dt.datetime:
    """Return the first instant of a day, local time."""
    return dt.datetime.combine(day, dt.time(), tzinfo=timezone.get_current_timezone())


def is_valid(hours: str) -> bool:
    """Say whether ``hours`` is OSM opening_hours."""
    return validate(hours)


def mentions(hours: str, holidays: str) -> bool:
    """Say whether the hours speak of public (PH) or school holidays (SH)."""
    return re.search(rf"\b{holidays}\b", _without_comments(hours)) is not None


@lru_cache(maxsize=1024)
def parse(expression: str) -> OpeningHours:
    """Return the expression ready to be evaluated; a city's hours are few and asked often."""
    return OpeningHours(expression, timezone=timezone.get_current_timezone(), country=COUNTRY)


@lru_cache(maxsize=1024)
def for_school_day(hours: str, *, is_holiday: bool) -> str:
    """Return the hours as they are on a day with or without class, free of ``SH``.

    "Mo-Fr 09:00-17:00; SH Mo-Fr 14:00-17:00" is "Mo-Fr 09:00-17:00; Mo-Fr 14:00-17:00" in the holidays, where the last
    rule wins, and "Mo-Fr 09:00-17:00" the rest of the year.
    """
    rewrite = _in_holidays if is_holiday else _out_of_holidays
    return "; ".join(_rewritten(_rules(hours), rewrite))


def _rewritten(rules: Sequence[str], rewrite: Callable[[str], str]) -> list[str]:
    return [kept for rule in rules if (kept := rewrite(rule) if mentions(rule, "SH") else rule)]


def _in_holidays(rule: str) -> str:
    # "SH Mo-Fr": those days, in the holidays only. "SH" or "PH,SH": every day of the holidays.
    narrowed = re.sub(rf"^SH\s+(?={DAY_NAME}\b)", "", rule)
    return re.sub(r"\bSH\b", "Mo-Su", narrowed) if narrowed == rule else narrowed


def _out_of_holidays(rule: str) -> str:
    # What is left of a list is for other days ("PH,SH off"); a rule that begins with SH alone is not for this one.
    kept = re.sub(r"\bSH,|,\s*SH\b", "", rule)
    return "" if mentions(kept, "SH") else kept


def _rules(hours: str) -> list[str]:
    """Part an expression at its semicolons, those inside quoted comments left alone."""
    return [rule.strip() for rule in re.findall(r'(?:"[^"]*"|[^;"])+', hours) if rule.strip()]


def _without_comments(hours: str) -> str:
    return re.sub(r'"[^"]*"', "", hours)


def _closing(day: dt.date, closes: dt.datetime) -> str:
    """Return a closing time; midnight has its name."""
    return _("minuit") if closes == midnight(day + ONE_DAY) else formats.hour(closes)


def _opening_words(now: dt.datetime, opens: dt.datetime) -> str:
    if opens.date() == now.date():
        return _("Fermé · ouvre à %(hour)s") % {"hour": formats.hour(opens)}
    return _("Fermé · ouvre %(moment)s") % {"moment": formats.moment(opens)}


def _doubted(words: str, is_certain: bool) -> str:
    return words if is_certain else _("%(words)s (à vérifier)") % {"words": words}
