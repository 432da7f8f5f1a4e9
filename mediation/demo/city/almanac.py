"""The city's rhythm: which days are worked, and how much is done on each."""

import datetime as dt
from collections.abc import Iterator
from functools import cached_property

from django.utils import timezone

from mediation.territory.models import SchoolHoliday
from mediation.territory.selectors import is_public_holiday

MONTHS_OF_HISTORY = 24
WEEKS_AHEAD = 8
# September, January and the tax season are full; August is empty.
MONTH_LOAD = {1: 1.15, 2: 1.0, 3: 1.05, 4: 1.1, 5: 1.15, 6: 1.0, 7: 0.75, 8: 0.4, 9: 1.25, 10: 1.15, 11: 1.05, 12: 0.85}
HOLIDAY_LOAD = 0.75


class Almanac:
    """Days seen from ``today``."""

    def __init__(self, today: dt.date) -> None:
        self.today = today
        months = today.year * 12 + today.month - 1 - MONTHS_OF_HISTORY
        self.first_day = dt.date(months // 12, months % 12 + 1, 1)
        self.last_day = today + dt.timedelta(weeks=WEEKS_AHEAD)

    @cached_property
    def _school_holidays(self) -> list[tuple[dt.date, dt.date]]:
        return list(SchoolHoliday.objects.values_list("starts_on", "ends_on"))

    def worked_days(self) -> Iterator[dt.date]:
        """Yield every day from the first of the history to the last of the open slots, but Sundays and holidays."""
        day = self.first_day
        while day <= self.last_day:
            if day.weekday() != 6 and not is_public_holiday(day):
                yield day
            day += dt.timedelta(days=1)

    def season(self, day: dt.date) -> float:
        """Return how busy the season is, 1 being an ordinary day of the year."""
        return MONTH_LOAD[day.month] * (HOLIDAY_LOAD if self._is_school_holiday(day) else 1)

    def load(self, day: dt.date) -> float:
        """Return how full a day is: its season's, and days ahead empty with their distance."""
        weeks_ahead = (day - self.today).days / 7
        return self.season(day) * (1 if weeks_ahead < 0 else max(0.08, 0.9 - 0.14 * weeks_ahead))

    def _is_school_holiday(self, day: dt.date) -> bool:
        return any(start <= day <= end for start, end in self._school_holidays)


def instant(day: dt.date, time: dt.time) -> dt.datetime:
    """Return the instant of a wall time in the city."""
    return timezone.make_aware(dt.datetime.combine(day, time))
