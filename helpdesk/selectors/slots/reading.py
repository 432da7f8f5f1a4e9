"""What a search reads, in as few queries and columns as it can: no more of a row than the answer needs."""

import datetime as dt
import json
from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, Func, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

from directory.models import Engagement
from helpdesk.expansion import DAY, WEEK, Repetition, Span, instant
from helpdesk.models import OpeningPeriod, Reason
from helpdesk.selectors.slots.need import Need
from helpdesk.selectors.taken import taken_time
from helpdesk.travel import way
from mediation.kernel.questions import asked_often
from sites.geography import Point, distance_km
from sites.models import Closure

# First and last included.
Days = tuple[dt.date, dt.date]
NOWHERE = float("inf")
NOTHING_SKIPPED = "[]"
SECONDS_A_DAY = 24 * 3600


class Opening(NamedTuple):
    """An opening period that answers the need, with the reason to book in it."""

    pk: int
    mediator_id: int
    site_id: int
    reason: Reason
    repetition: Repetition
    start_time: dt.time
    end_time: dt.time
    point: Point | None
    distance: float


class Seconds(Func):
    """An instant as seconds since 1970: a search reads thousands, and looks at few of them as moments of a day."""

    output_field = BigIntegerField()

    def as_postgresql(self, *args: Any, **kwargs: Any) -> Any:
        """Say it to PostgreSQL."""
        return self.as_sql(*args, template="EXTRACT(EPOCH FROM %(expressions)s)::bigint", **kwargs)

    def as_sqlite(self, *args: Any, **kwargs: Any) -> Any:
        """Say it to SQLite, whose instants are text in UTC; the format is a parameter, or Django reads its per cent."""
        format_and_instant = self.copy()
        format_and_instant.set_source_expressions([Value("%s"), *self.get_source_expressions()])
        template = "CAST(strftime(%(expressions)s) AS INTEGER)"
        return format_and_instant.as_sql(*args, template=template, **kwargs)


class Taken(NamedTuple):
    """A stretch of a mediator's time, in seconds, and where they are meanwhile."""

    starts_at: int
    ends_at: int
    buffer_minutes: int
    point: Point | None

    @property
    def span(self) -> Span:
        """The same as instants."""
        starts_at, ends_at = (dt.datetime.fromtimestamp(moment, dt.UTC) for moment in (self.starts_at, self.ends_at))
        return starts_at, ends_at

    def kept_from(self, opening: Opening) -> Span:
        """Return the time that nobody can have at ``opening``: before, to be free again and get here; after, too."""
        travel = way(self.point, opening.point)
        before = travel + dt.timedelta(minutes=opening.reason.buffer_minutes)
        after = travel + dt.timedelta(minutes=self.buffer_minutes)
        starts_at, ends_at = self.span
        return starts_at - before, ends_at + after


class Engagements:
    """The time of mediators that is taken, read week by week as the search goes on."""

    def __init__(self, mediator_ids: set[int], ignoring: Engagement | None) -> None:
        self.mediator_ids = list(mediator_ids)
        self.ignoring = ignoring.pk if ignoring else None
        self.zone = timezone.get_default_timezone()
        self.read_until: dt.datetime | None = None
        # By mediator and number of the day in UTC: a day of the city's is one or two of them.
        self.by_day: dict[tuple[int, int], list[Taken]] = defaultdict(list)
        self.starts: dict[int, list[int]] = defaultdict(list)
        self.loads: dict[tuple[int, dt.date], int] = {}

    def read(self, first_day: dt.date, last_day: dt.date) -> None:
        """Read what is not read yet, whole weeks: how busy a mediator is must not depend on where a window ends."""
        start = self.read_until or self._midnight(monday_of(first_day))
        end = self._midnight(monday_of(last_day) + WEEK)
        if end <= start:
            return
        rows = _taken(
            mediators=self.mediator_ids,
            start=start,
            end=end,
            now=timezone.now(),
            not_before=self.read_until,
            ignoring=self.ignoring,
        )
        for mediator_id, starts_at, ends_at, buffer, latitude, longitude in rows:
            taken = Taken(starts_at, ends_at, buffer, point_of(latitude, longitude))
            self.starts[mediator_id].append(starts_at)
            for day in range(starts_at // SECONDS_A_DAY, ends_at // SECONDS_A_DAY + 1):
                self.by_day[mediator_id, day].append(taken)
        self.read_until = end

    def around(self, mediator_id: int, span: Span) -> Iterator[Taken]:
        """Yield what is taken on the days of ``span``."""
        for day in {int(moment.timestamp()) // SECONDS_A_DAY for moment in span}:
            yield from self.by_day.get((mediator_id, day), ())

    def load(self, mediator_id: int, day: dt.date) -> int:
        """Return how much the mediator has to do in the week of ``day``."""
        monday = monday_of(day)
        if (mediator_id, monday) not in self.loads:
            start, end = (self._midnight(day).timestamp() for day in (monday, monday + WEEK))
            self.loads[mediator_id, monday] = sum(start <= moment < end for moment in self.starts[mediator_id])
        return self.loads[mediator_id, monday]

    def _midnight(self, day: dt.date) -> dt.datetime:
        return instant(day, dt.time.min, self.zone)


@asked_often
def _taken(*, mediators: Any, start: Any, end: Any, now: Any, not_before: Any, ignoring: Any) -> QuerySet:
    """What is taken of the mediators' time from ``start`` to ``end``, besides the engagement ``ignoring``."""
    rows = taken_time(now).filter(mediator__pk__in=mediators).between(start, end).order_by()
    if not_before is not None:
        rows = rows.filter(starts_at__gte=not_before)
    if ignoring is not None:
        rows = rows.exclude(pk=ignoring)
    span = (Seconds("starts_at"), Seconds("ends_at"))
    return rows.values_list("mediator_id", *span, "buffer_minutes", "latitude", "longitude")


def read_openings(need: Need, first_day: dt.date, last_day: dt.date) -> list[Opening]:
    """Read the opening periods that answer the need, where there is a reason to book in them."""
    chosen: Value | Subquery
    if need.reason is not None:
        reasons = {need.reason.pk: need.reason} if need.suits(need.reason) else {}
        chosen = Value(need.reason.pk)
    else:
        reasons = {reason.pk: reason for reason in Reason.objects.active() if need.suits(reason)}
        chosen = Subquery(best_of(list(reasons)).values("reason")[:1])
    if not reasons:
        return []
    there = need.there if first_day == last_day else None
    if there is None:
        rows = list(_periods(need, first_day, last_day, chosen))
    else:
        rows = _periods_there(**there, day=first_day)
    openings = [_opening(need, reasons[chosen], *row) for chosen, *row in rows if chosen is not None]
    if need.near is None or need.within_km is None:
        return openings
    return [opening for opening in openings if opening.distance <= need.within_km]


def _periods(need: Any, first_day: Any, last_day: Any, chosen: Any) -> QuerySet:
    """The opening periods that answer the need, with the reason ``chosen`` for each."""
    columns = ("pk", "mediator_id", "site_id", "start_time", "end_time", "site__latitude", "site__longitude")
    rule = ("recurrence", "first_day", "last_day", "interval_weeks", "month_week")
    periods = OpeningPeriod.objects.touching(first_day, last_day).answering(need).order_by()
    return periods.annotate(chosen=chosen, skipped=Cast("skipped_days", TextField())).values_list(
        "chosen", *columns, "skipped", "outside_school_holidays", *rule
    )


@asked_often
def _periods_there(*, reason: Any, mediator: Any, site: Any, for_self_service: bool, day: Any) -> QuerySet:
    """The same of one mediator, at one place on one day: what every booking asks."""
    need = Need(reason=reason, mediator=mediator, for_self_service=for_self_service)
    return _periods(need, day, day, chosen=reason).filter(site=site)


def best_of(reasons: Collection[int] | QuerySet[Reason]) -> QuerySet:
    """Return the links of a period to its reasons, the one to book in it first: "tous besoins", else by name."""
    links = OpeningPeriod.reasons.through.objects.filter(openingperiod=OuterRef("pk"), reason__in=reasons)
    return links.order_by("-reason__is_any_need", "reason__label", "reason_id")


def _opening(
    need: Need,
    reason: Reason,
    pk: int,
    mediator_id: int,
    site_id: int,
    start_time: dt.time,
    end_time: dt.time,
    latitude: float | None,
    longitude: float | None,
    skipped: str,
    outside_school_holidays: bool,
    *rule: Any,
) -> Opening:
    point = point_of(latitude, longitude)
    days = frozenset(map(dt.date.fromisoformat, json.loads(skipped))) if skipped != NOTHING_SKIPPED else frozenset()
    return Opening(
        pk=pk,
        mediator_id=mediator_id,
        site_id=site_id,
        reason=reason,
        repetition=Repetition(*rule, skipped_days=days, outside_school_holidays=outside_school_holidays),
        start_time=start_time,
        end_time=end_time,
        point=point,
        distance=_distance(need.near, point),
    )


def read_closures(site_ids: set[int], first_day: dt.date, last_day: dt.date) -> dict[int, list[Days]]:
    """Read on which days each site is shut."""
    found: dict[int, list[Days]] = defaultdict(list)
    for site_id, starts_on, ends_on in _closures(sites=list(site_ids), first_day=first_day, last_day=last_day):
        found[site_id].append((starts_on, ends_on))
    return found


@asked_often
def _closures(*, sites: Any, first_day: Any, last_day: Any) -> QuerySet:
    closures = Closure.objects.filter(site__pk__in=sites, starts_on__lte=last_day, ends_on__gte=first_day).order_by()
    return closures.values_list("site_id", "starts_on", "ends_on")


def monday_of(day: dt.date) -> dt.date:
    """Return the first day of its week."""
    return day - DAY * day.weekday()


def point_of(latitude: float | None, longitude: float | None) -> Point | None:
    """Return a place, or that it is not known."""
    return None if latitude is None or longitude is None else (latitude, longitude)


def _distance(near: Point | None, point: Point | None) -> float:
    if near is None:
        return 0
    return NOWHERE if point is None else distance_km(near, point)
