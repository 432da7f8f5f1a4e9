"""The search itself: windows of days that widen, each day in order, nothing expanded before it is asked for."""

import datetime as dt
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from directory.models import Engagement
from helpdesk.expansion import DAY, Span, instant, starts, subtract
from helpdesk.models import Absence, OpeningPeriod
from helpdesk.models.agenda import UNPUBLISHED
from helpdesk.selectors.slots.need import Need, Slot
from helpdesk.selectors.slots.reading import Days, Engagements, Opening, read_closures, read_openings
from mediation.kernel.questions import asked_often
from mediation.territory.selectors import SchoolCalendar, is_public_holiday

# Nearly every search ends in the first window; the following ones cost one more query each.
WINDOWS = (7, 28, 90)
HORIZON_DAYS = WINDOWS[-1]
# A time that is not found any more is booked where it is one that people say.
ROUND = dt.timedelta(minutes=5)


class Found(NamedTuple):
    """A free time, in the order in which people want them: earliest, nearest, with who has least to do that week."""

    starts_at: dt.datetime
    distance: float
    load: int
    mediator_id: int
    # The last word between two periods at one hour; it also keeps what follows from being compared.
    opening_pk: int
    opening: Opening

    @property
    def ends_at(self) -> dt.datetime:
        """When the appointment would end."""
        return self.starts_at + dt.timedelta(minutes=self.opening.reason.duration_minutes)


class Search:
    """Computes slots day by day; reads each kind of row once, engagements once a window."""

    def __init__(self, need: Need, *, ignoring: Engagement | None = None) -> None:
        self.need = need
        self.zone = timezone.get_default_timezone()
        self.now = timezone.now()
        self.today = timezone.localdate(self.now)
        self.first_day = max(need.first_day or self.today, self.today)
        last_day = self.today + DAY * HORIZON_DAYS
        self.last_day = min(need.last_day or last_day, last_day)
        self.ignoring = ignoring

    def found(self) -> Iterator[Found]:
        """Yield every free time until the last day, in order."""
        for day, away in self._days():
            yield from self._found_on(day, away)

    def first_by_site(self) -> dict[int, Found]:
        """Return the first free time at each site; a site without any is absent."""
        found: dict[int, Found] = {}
        # A place where nobody ever receives is not searched for weeks; nor are all the others where one is full.
        number = len({opening.site_id for opening in self.openings})
        for day, away in self._days():
            for one in self._found_on(day, away, besides=found):
                found.setdefault(one.opening.site_id, one)
            if len(found) == number:
                break
        return found

    def accepts(self, start: dt.datetime) -> bool:
        """Say whether a time may start then: where one is found, or where one was before a booking moved the rest.

        What is found in a free stretch starts anew behind each booking, and a time that was shown meanwhile stays free.
        """
        return any(
            self._fits(start, free, opening)
            for day, away in self._days()
            for opening in self._open_on(day)
            for free in self._free_in(opening, day, away[opening.mediator_id])
        )

    def _days(self) -> Iterator[tuple[dt.date, dict[int, list[Span]]]]:
        """Yield each day with who is away; what is taken and who is away are read for a window of days at once."""
        if not self.openings:
            return
        for first_day, last_day in self._windows():
            self.engagements.read(first_day, last_day)
            away = self._away(first_day, last_day)
            for offset in range((last_day - first_day).days + 1):
                yield first_day + DAY * offset, away

    def _windows(self) -> Iterator[tuple[dt.date, dt.date]]:
        first_day = self.first_day
        # All the time of one mediator is read at once: it is little.
        for days in WINDOWS[-1:] if self.need.mediator else WINDOWS:
            last_day = min(self.first_day + DAY * (days - 1), self.last_day)
            if first_day <= last_day:
                yield first_day, last_day
            first_day = max(first_day, last_day + DAY)

    def _found_on(
        self, day: dt.date, away: dict[int, list[Span]], *, besides: Container[int] = frozenset()
    ) -> list[Found]:
        """Return what is free that day, in order, but at the sites named ``besides``."""
        found = []
        for opening in self._open_on(day, besides):
            load = self.engagements.load(opening.mediator_id, day)
            found += [
                Found(start, opening.distance, load, opening.mediator_id, opening.pk, opening)
                for start in self._starts_in(opening, day, away[opening.mediator_id])
            ]
        return sorted(found)

    def _open_on(self, day: dt.date, besides: Container[int] = frozenset()) -> Iterator[Opening]:
        if is_public_holiday(day):
            return
        for opening in self.by_weekday[day.weekday()]:
            if opening.site_id in besides:
                continue
            shut = any(first <= day <= last for first, last in self.closures.get(opening.site_id, ()))
            if not shut and opening.repetition.falls_on(day, self.school):
                yield opening

    def _starts_in(self, opening: Opening, day: dt.date, away: Iterable[Span]) -> Iterator[dt.datetime]:
        earliest, latest = self._bounds(opening)
        for free in self._free_in(opening, day, away):
            for start in starts(free, *_pace(opening)):
                if earliest <= start < latest:
                    yield start

    def _free_in(self, opening: Opening, day: dt.date, away: Iterable[Span]) -> Iterator[Span]:
        span = instant(day, opening.start_time, self.zone), instant(day, opening.end_time, self.zone)
        taken = [one.kept_from(opening) for one in self.engagements.around(opening.mediator_id, span)]
        return subtract(span, [*taken, *away])

    def _fits(self, start: dt.datetime, free: Span, opening: Opening) -> bool:
        earliest, latest = self._bounds(opening)
        duration, step = _pace(opening)
        if not (earliest <= start < latest and free[0] <= start and start + duration <= free[1]):
            return False
        return start.timestamp() % ROUND.total_seconds() == 0 or start in starts(free, duration, step)

    def _bounds(self, opening: Opening) -> Span:
        """Return when the slots of a reason may start: what residents book alone leaves time to prepare."""
        if not self.need.for_self_service:
            return self.now, self._midnight(self.last_day + DAY)
        notice = dt.timedelta(hours=opening.reason.notice_hours)
        return self.now + notice, self._midnight(self.today + DAY * (opening.reason.window_days + 1))

    def _midnight(self, day: dt.date) -> dt.datetime:
        return instant(day, dt.time.min, self.zone)

    # --- What is read -------------------------------------------------------------------------------------------------

    @cached_property
    def openings(self) -> list[Opening]:
        """The opening periods that answer the need."""
        return read_openings(self.need, self.first_day, self.last_day)

    @cached_property
    def by_weekday(self) -> dict[int, list[Opening]]:
        """The same, by the only day of the week on which each may open."""
        openings: dict[int, list[Opening]] = defaultdict(list)
        for opening in self.openings:
            openings[opening.repetition.first_day.weekday()].append(opening)
        return openings

    @cached_property
    def mediator_ids(self) -> set[int]:
        """Whose time must be read."""
        return {opening.mediator_id for opening in self.openings}

    def _away(self, first_day: dt.date, last_day: dt.date) -> dict[int, list[Span]]:
        """Expand the absences of one window."""
        start, end = self._midnight(first_day), self._midnight(last_day + DAY)
        away: dict[int, list[Span]] = defaultdict(list)
        for absence in self.absences:
            away[absence.mediator_id] += absence.spans(start, end, self.school)
        return away

    @cached_property
    def engagements(self) -> Engagements:
        """What is taken, as far as it was read."""
        return Engagements(self.mediator_ids, self.ignoring)

    @cached_property
    def absences(self) -> list[Absence]:
        """When mediators are away, repetitions not expanded."""
        start, end = self._midnight(self.first_day), self._midnight(self.last_day + DAY)
        since = Absence.objects.repeated_since(start)
        return _absences(mediators=list(self.mediator_ids), start=start, end=end, since=since)

    @cached_property
    def closures(self) -> dict[int, list[Days]]:
        """When sites are shut."""
        return read_closures({opening.site_id for opening in self.openings}, self.first_day, self.last_day)

    @cached_property
    def school(self) -> SchoolCalendar:
        """When there is no class: read only where something pauses then."""
        periods = [opening.repetition for opening in self.openings]
        absences = [absence.repetition for absence in self.absences if absence.outside_school_holidays]
        pauses = any(rule.respects_school_holidays for rule in (*periods, *absences))
        return SchoolCalendar.read() if pauses else UNPUBLISHED


@asked_often
def _absences(*, mediators: Any, start: Any, end: Any, since: Any) -> QuerySet:
    return Absence.objects.touching(start, end, since).filter(mediator__pk__in=mediators).order_by()


def _pace(opening: Opening) -> tuple[dt.timedelta, dt.timedelta]:
    """Return how long an appointment lasts there, and from one start to the next."""
    duration = dt.timedelta(minutes=opening.reason.duration_minutes)
    return duration, duration + dt.timedelta(minutes=opening.reason.buffer_minutes)


def slots_of(found: Sequence[Found]) -> list[Slot]:
    """Return what was found with its rows, in one query: pages name the mediator and the place."""
    periods = OpeningPeriod.objects.filter(pk__in={one.opening_pk for one in found})
    # The outline of a quartier weighs more than all the rest.
    related = periods.select_related("mediator__organisation", "site__quartier").defer("site__quartier__outline")
    rows = {period.pk: period for period in related} if found else {}
    return [
        Slot(one.starts_at, one.ends_at, rows[one.opening_pk].mediator, rows[one.opening_pk].site, one.opening.reason)
        for one in found
    ]
