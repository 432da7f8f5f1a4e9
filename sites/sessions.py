"""When one can sit down at a public computer: now, and at round times of the days to come.

This is the one rule of all doors. A computer that the desk says is in use is taken for one session yet, one that is
broken is not offered at all; nobody reserves outside the hours of the place, nor where nobody knows them.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from django.db.models import QuerySet
from django.utils import timezone

from mediation.accounts.actor import SELF_SERVICE
from mediation.territory.selectors import SchoolCalendar
from sites.enums import WorkstationState
from sites.hours import ONE_DAY, Timetable, midnight
from sites.models import Reservation, Site, Workstation
from sites.querysets import SHORTEST_SESSION
from sites.selectors import timetable

STEP = dt.timedelta(minutes=30)
# Sooner than this one asks for a computer now.
EARLIEST = dt.timedelta(minutes=10)
DAYS_SEARCHED = 7
DAYS_OFFERED = 2


@dataclass(frozen=True)
class Session:
    """One computer that one person may have, from when to when."""

    workstation: Workstation
    starts_at: dt.datetime
    ends_at: dt.datetime


@dataclass(frozen=True)
class Offer:
    """The sessions that one may choose from at a place; ``has_any`` says that it has such a computer at all."""

    site: Site
    has_any: bool
    now: Session | None
    later: tuple[Session, ...]

    @property
    def first(self) -> Session | None:
        """The earliest one."""
        return self.now or next(iter(self.later), None)


@dataclass(frozen=True)
class _Place:
    """What is known of one place before anything is offered there."""

    site: Site
    hours: Timetable
    computers: list[Workstation]
    reserved_on: Counter[dt.date]


def offer_at(site: Site, at: dt.datetime, wanted: Iterable[str] = (), *, for_self_service: bool = True) -> Offer:
    """Return what can be had at one place; ``wanted`` is the Equipment that the person needs."""
    (offer,) = offers([site], at, wanted, for_self_service=for_self_service)
    return offer


def offers(
    sites: Iterable[Site], at: dt.datetime, wanted: Iterable[str] = (), *, for_self_service: bool = True
) -> list[Offer]:
    """Return what can be had at each place, in their order.

    The number of queries does not depend on how many places there are, where their closures are fetched beforehand.
    """
    needs = frozenset(wanted)
    return [_offer(place, at, needs, for_self_service=for_self_service) for place in _read(list(sites), at)]


def another_computer(computer: Workstation, reservation: Reservation, at: dt.datetime) -> Workstation | None:
    """Return another computer of the place, with as much, that can be kept for the time of a reservation."""
    others = Workstation.objects.working().filter(site=computer.site_id).exclude(pk=computer.pk).order_by("pk")
    used_until = at + dt.timedelta(minutes=computer.site.session_minutes)
    start, end = reservation.starts_at, reservation.ends_at
    suitable = (one for one in others.with_sessions(at) if set(computer.equipment) <= set(one.equipment))
    return next((one for one in suitable if _is_had(one, start, end, used_until)), None)


def with_computers(sites: QuerySet[Site]) -> QuerySet[Site]:
    """Keep the places that have a public computer that works, with what offering it needs."""
    computers = Workstation.objects.working().values("site")
    return sites.filter(pk__in=computers).prefetch_related("closures")


def _read(sites: Sequence[Site], at: dt.datetime) -> Iterator[_Place]:
    calendar = SchoolCalendar.read()
    computers: dict[int, list[Workstation]] = {site.pk: [] for site in sites}
    for computer in Workstation.objects.working().filter(site__in=computers).order_by("pk").with_sessions(at):
        computers[computer.site_id].append(computer)
    reserved = _reserved(list(computers), at)
    for site in sites:
        yield _Place(site, timetable(site, calendar), computers[site.pk], reserved[site.pk])


def _reserved(sites: list[int], at: dt.datetime) -> dict[int, Counter[dt.date]]:
    """Return how many sessions residents have reserved by themselves, for each place and day."""
    rows = Reservation.objects.standing(at).ahead().filter(booked_through__in=SELF_SERVICE)
    rows = rows.filter(workstation__site__in=sites, starts_at__gte=midnight(timezone.localdate(at))).order_by()
    counts: dict[int, Counter[dt.date]] = {site: Counter() for site in sites}
    for site, starts_at in rows.values_list("workstation__site", "starts_at"):
        counts[site][timezone.localdate(starts_at)] += 1
    return counts


def _offer(place: _Place, at: dt.datetime, wanted: frozenset[str], *, for_self_service: bool) -> Offer:
    # Whoever needs nothing special leaves the best equipped computer to others.
    suitable = sorted(
        (one for one in place.computers if wanted <= set(one.equipment)), key=lambda one: len(one.equipment)
    )
    length = dt.timedelta(minutes=place.site.session_minutes)
    later = _later(place, suitable, at, length, for_self_service=for_self_service)
    return Offer(place.site, bool(suitable), _now(place, suitable, at, length), tuple(later))


def _now(place: _Place, suitable: list[Workstation], at: dt.datetime, length: dt.timedelta) -> Session | None:
    status = place.hours.status(at)
    if status.is_open is False:
        return None
    last = min(at + length, status.changes_at or at + length)
    free = [one for one in suitable if one.state == WorkstationState.FREE and _is_free(one, at, at + SHORTEST_SESSION)]
    # The one that is free for longest; until the next person comes, where somebody has reserved it.
    found = max(free, key=lambda one: min(last, _next_start(one, last)), default=None)
    if found is None:
        return None
    ends_at = min(last, _next_start(found, last))
    return Session(found, at, ends_at) if ends_at - at >= SHORTEST_SESSION else None


def _later(
    place: _Place, suitable: list[Workstation], at: dt.datetime, length: dt.timedelta, *, for_self_service: bool
) -> Iterator[Session]:
    most = place.site.daily_reservations
    today = timezone.localdate(at)
    days = (today + offset * ONE_DAY for offset in range(DAYS_SEARCHED))
    open_days = (day for day in days if not for_self_service or place.reserved_on[day] < most)
    found = (sessions for day in open_days if (sessions := list(_of_day(place, suitable, day, at, length))))
    for sessions in islice(found, DAYS_OFFERED):
        yield from sessions


def _of_day(
    place: _Place, suitable: list[Workstation], day: dt.date, at: dt.datetime, length: dt.timedelta
) -> Iterator[Session]:
    for opens, closes in place.hours.day(day).periods:
        start = _round_up(max(opens, at + EARLIEST))
        while start + length <= closes:
            end = start + length
            if computer := next((one for one in suitable if _is_had(one, start, end, at + length)), None):
                yield Session(computer, start, end)
            start += STEP


def _is_had(computer: Workstation, start: dt.datetime, end: dt.datetime, used_until: dt.datetime) -> bool:
    """Say whether the computer can be kept; nobody knows when somebody whom the desk sat down there leaves."""
    is_used = computer.state == WorkstationState.IN_USE and start < used_until
    return not is_used and _is_free(computer, start, end)


def _is_free(computer: Workstation, start: dt.datetime, end: dt.datetime) -> bool:
    return all(end <= one.starts_at or one.ends_at <= start for one in computer.sessions)  # type: ignore[attr-defined]


def _next_start(computer: Workstation, otherwise: dt.datetime) -> dt.datetime:
    return min((one.starts_at for one in computer.sessions), default=otherwise)  # type: ignore[attr-defined]


def _round_up(at: dt.datetime) -> dt.datetime:
    """Return the next full or half hour by the clock on the wall."""
    local = timezone.localtime(at)
    full = local.replace(minute=0, second=0, microsecond=0)
    return full + -(-(local - full) // STEP) * STEP
