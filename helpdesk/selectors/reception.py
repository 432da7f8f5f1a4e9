"""How residents are received at places: the first time that they may book, and today's queue, read together.

Pages show both of many places, and most of what they are made of is the same.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Subquery
from django.db.models.functions import JSONObject

from helpdesk.expansion import Span
from helpdesk.models import Absence, OpeningPeriod, Reason
from helpdesk.selectors.queue.line import Queue
from helpdesk.selectors.queue.reading import Reading
from helpdesk.selectors.slots.need import Need
from helpdesk.selectors.slots.reading import Opening, best_of, point_of
from helpdesk.selectors.slots.search import Search
from mediation.territory.selectors import SchoolCalendar
from sites.models import Site

# What a search for times wants to know of a reason.
PACE = ("id", "duration_minutes", "buffer_minutes", "notice_hours", "window_days")


@dataclass(frozen=True)
class Reception:
    """The first time that residents may book at a place, and its queue; None where there is none."""

    first_time: dt.datetime | None
    queue: Queue | None


def receptions(sites: Iterable[Site], school: SchoolCalendar) -> dict[int, Reception]:
    """Return by site how residents are received, in five queries at most, however many places there are.

    The places bring their closures to come (prefetched).
    """
    times = _Times(list(sites), school)
    found, queues = times.first_by_site(), _Queues(times).now_by_site()
    return {
        site.pk: Reception(found[site.pk].starts_at if site.pk in found else None, queues.get(site.pk))
        for site in times.sites
    }


class _Times(Search):
    """The search for first times, which reads those who take tickets as well."""

    def __init__(self, sites: list[Site], school: SchoolCalendar) -> None:
        super().__init__(Need(reason=None, sites=sites, for_self_service=True))
        self.sites = sites
        self.school = school
        self.closures = {site.pk: [(one.starts_on, one.ends_on) for one in site.closures.all()] for site in sites}

    @cached_property
    def periods(self) -> list[OpeningPeriod]:
        """Every opening period of the places, by appointment and with a ticket; ``chosen`` is what to book in it."""
        links = best_of(Reason.objects.self_service())
        pace = JSONObject(**{name: f"reason__{name}" for name in PACE})
        rows = OpeningPeriod.objects.touching(self.first_day, self.last_day).filter(
            site__in=self.sites, mediator__is_active=True, mediator__organisation__is_active=True
        )
        chosen = Subquery(links.annotate(pace=pace).values("pace")[:1])
        return list(rows.annotate(chosen=chosen).select_related("mediator").order_by())

    @cached_property
    def openings(self) -> list[Opening]:
        """Those in which residents may book."""
        published = {site.pk: site for site in self.sites if site.is_published}
        offered = [one for one in self.periods if one.takes_appointments and one.chosen and one.site_id in published]
        paces = {one.chosen["id"]: one.chosen for one in offered}
        reasons = {pk: Reason(**pace) for pk, pace in paces.items()}
        return [_opening(one, published[one.site_id], reasons[one.chosen["id"]]) for one in offered]

    @cached_property
    def mediator_ids(self) -> set[int]:
        """Whose time must be read."""
        return {period.mediator_id for period in self.periods}

    def _windows(self) -> Iterator[tuple[dt.date, dt.date]]:
        # Some place nearly always has nothing free in the first weeks, for which all the others would be read again.
        yield self.first_day, self.last_day


class _Queues(Reading):
    """The queues of the same places, from what the search for times read."""

    def __init__(self, times: _Times) -> None:
        super().__init__(times.sites)
        self.times = times
        self.school = times.school

    @cached_property
    def period_rows(self) -> list[OpeningPeriod]:
        """The opening periods that take tickets."""
        return [period for period in self.times.periods if period.takes_tickets]

    @cached_property
    def shut(self) -> set[int]:
        """The sites that are closed today."""
        closures = self.times.closures.items()
        return {pk for pk, days in closures if any(first <= self.day <= last for first, last in days)}

    @cached_property
    def absence_rows(self) -> list[Absence]:
        """When mediators are away."""
        return self.times.absences

    @cached_property
    def engagements(self) -> dict[int, list[Span]]:
        """What each mediator has to do today."""
        taken = self.times.engagements
        taken.read(self.times.first_day, self.times.last_day)
        found: dict[int, list[Span]] = defaultdict(list)
        for mediator_id in self._of("mediator_id"):
            spans = {one.span for one in taken.around(mediator_id, self.today)}
            found[mediator_id] += (span for span in spans if span[0] < self.today[1] and span[1] > self.today[0])
        return found


def _opening(period: OpeningPeriod, site: Site, reason: Reason) -> Opening:
    return Opening(
        pk=period.pk,
        mediator_id=period.mediator_id,
        site_id=site.pk,
        reason=reason,
        repetition=period.repetition,
        start_time=period.start_time,
        end_time=period.end_time,
        point=point_of(site.latitude, site.longitude),
        distance=0,
    )
