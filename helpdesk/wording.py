"""How a stretch of time, and what comes back, are said."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.enums import MonthWeek, Recurrence
from helpdesk.expansion import Repetition
from mediation.kernel import formats
from mediation.territory.selectors import SchoolCalendar

MIDNIGHT = dt.time.min
# How far ahead somebody who reads of a period thinks.
A_YEAR = dt.timedelta(days=365)


def hours(start: dt.datetime | dt.time, end: dt.datetime | dt.time) -> str:
    """Return "9 h – 9 h 30", in one piece; nobody reads "0 h" as the end of a day."""
    if _is_midnight(start) and _is_midnight(end):
        return _("toute la journée")
    if _is_midnight(end):
        return _("de %(start)s à la fin de la journée") % {"start": formats.hour(start)}
    return formats.hours(start, end)


def stretch(start: dt.datetime, end: dt.datetime) -> str:
    """Return "mar. 8 déc., 10 h – 11 h", "mar. 8 déc., toute la journée" or "du … au …"."""
    last = end - dt.timedelta(minutes=1)
    if timezone.localdate(start) == timezone.localdate(last):
        return f"{formats.dated_day(start)}, {hours(start, end)}"
    if _is_midnight(start) and _is_midnight(end):
        # "du 1er août au 14 août 2027": a year that is the same is said once.
        same_year = timezone.localdate(start).year == timezone.localdate(last).year
        first = formats.short_day(start) if same_year else formats.dated_day(start)
        words = {"start": first, "end": formats.dated_day(last)}
    else:
        words = {"start": formats.dated_moment(start), "end": formats.dated_moment(end)}
    return _("du %(start)s au %(end)s") % words


def rule_in_words(rule: Repetition, hours_in_words: str, school: SchoolCalendar | None = None) -> str:
    """Return "Le 2e mardi du mois, 9 h – 12 h, sauf vacances scolaires, jusqu’au 30 juin 2027".

    With ``school``, what is not published yet is said to be checked.
    """
    parts = [_days(rule), hours_in_words]
    if rule.recurrence != Recurrence.ONCE:
        if rule.first_day > timezone.localdate():
            parts.append(_("à partir du %(day)s") % {"day": _day(rule.first_day)})
        if rule.respects_school_holidays:
            parts.append(_school(rule, school))
        parts += _exceptions(rule)
        if rule.last_day:
            parts.append(_("jusqu’au %(day)s") % {"day": _day(rule.last_day)})
    return ", ".join(parts)


def _days(rule: Repetition) -> str:
    if rule.recurrence == Recurrence.ONCE:
        return _("Le %(day)s") % {"day": formats.long_day(rule.first_day, year=True)}
    words = {"day": formats.DAYS[rule.first_day.weekday()], "weeks": rule.interval_weeks, "number": rule.month_week}
    if rule.recurrence == Recurrence.MONTHLY:
        return {
            MonthWeek.FIRST: _("Le 1er %(day)s du mois"),
            MonthWeek.LAST: _("Le dernier %(day)s du mois"),
        }.get(rule.month_week, _("Le %(number)se %(day)s du mois")) % words
    if rule.interval_weeks == 1:
        return _("Tous les %(day)ss") % words
    if rule.interval_weeks == 2:
        return _("Un %(day)s sur deux") % words
    return _("Un %(day)s toutes les %(weeks)s semaines") % words


def _school(rule: Repetition, school: SchoolCalendar | None) -> str:
    words = _("sauf vacances scolaires")
    horizon = min(rule.last_day or dt.date.max, timezone.localdate() + A_YEAR)
    if school is None or school.knows(max(horizon, rule.first_day)):
        return words
    if not school.periods:
        return _("%(words)s (à vérifier)") % {"words": words}
    return _("%(words)s (à vérifier après le %(day)s)") % {"words": words, "day": _day(school.periods[-1][1])}


def _exceptions(rule: Repetition) -> list[str]:
    to_come = sorted(day for day in rule.skipped_days if day >= timezone.localdate())
    if not to_come:
        return []
    if len(to_come) > 1:
        return [_("sauf %(count)s jours") % {"count": len(to_come)}]
    return [_("sauf le %(day)s") % {"day": formats.dated_day(to_come[0])}]


def _day(day: dt.date) -> str:
    """Return "30 juin 2027"."""
    return f"{formats.ordinal(day.day)} {formats.MONTHS[day.month - 1]} {day.year}"


def _is_midnight(moment: dt.datetime | dt.time) -> bool:
    return (timezone.localtime(moment).time() if isinstance(moment, dt.datetime) else moment) == MIDNIGHT
