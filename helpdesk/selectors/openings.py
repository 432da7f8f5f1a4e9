"""What to know of an opening period before it is kept: where it clashes, and when its place is closed to the public."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from helpdesk.expansion import Span, instant
from helpdesk.models import OpeningPeriod
from mediation.territory.selectors import SchoolCalendar, is_public_holiday
from sites.hours import DayHours
from sites.selectors import timetable

# Two rules that never meet in two years never do: eight weeks and seven weeks meet after fifty-six.
LOOKED_AHEAD = dt.timedelta(days=2 * 366)
# Enough to meet ordinary weeks between holidays.
DAYS_COMPARED = 8


@dataclass(frozen=True)
class Clash:
    """Another period in which the mediator would have to be elsewhere, and the first day on which they would."""

    other: OpeningPeriod
    day: dt.date


def clash_of(opening: OpeningPeriod) -> Clash | None:
    """Return where the mediator would have to be at two places on one day and at one hour."""
    school = SchoolCalendar.read()
    start = max(opening.first_day, timezone.localdate())
    end = min(opening.last_day or dt.date.max, start + LOOKED_AHEAD)
    days = list(opening.repetition.days(start, end, school))
    others = OpeningPeriod.objects.at_the_hours_of(opening).touching(start, end)
    clashes = (
        Clash(other, day)
        for other in others.select_related("mediator", "site")
        for day in days
        if other.opens_on(day, school)
    )
    return min(clashes, key=lambda clash: (clash.day, clash.other.pk), default=None)


def outside_public_hours(opening: OpeningPeriod) -> DayHours | None:
    """Return the first day on which the place is closed to the public for part of the period.

    That is no mistake: a library closed to the public still receives. But somebody must open the door. Closures and
    public holidays, when nobody is received anyway, are not looked at.
    """
    school = SchoolCalendar.read()
    hours = timetable(opening.site, school)
    if not hours.is_readable:
        return None
    start = max(opening.first_day, timezone.localdate())
    days = opening.repetition.days(start, start + LOOKED_AHEAD, school)
    for _number, day in zip(range(DAYS_COMPARED), days, strict=False):
        shut = any(closure.starts_on <= day <= closure.ends_on for closure in hours.closures)
        if not shut and not is_public_holiday(day) and not _is_within(hours.day(day), _span(opening, day)):
            return hours.day(day)
    return None


def _span(opening: OpeningPeriod, day: dt.date) -> Span:
    zone = timezone.get_default_timezone()
    return instant(day, opening.start_time, zone), instant(day, opening.end_time, zone)


def _is_within(hours: DayHours, span: Span) -> bool:
    return any(opens <= span[0] and span[1] <= closes for opens, closes in hours.periods)
