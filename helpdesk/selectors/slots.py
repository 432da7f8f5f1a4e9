"""Free slots: computed from opening periods each time they are asked for, never stored."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Engagement, Mediator
from helpdesk.enums import WhoBooks
from helpdesk.expansion import Span, instant, opens_on, starts, subtract
from helpdesk.models import Absence, OpeningPeriod, Reason
from mediation.territory.models import Quartier
from mediation.territory.selectors import is_public_holiday
from sites.geography import distance_km
from sites.models import Closure, Site

# Nearly every search ends in the first window; the following ones cost one more query each.
WINDOWS = (7, 28, 90)
HORIZON_DAYS = WINDOWS[-1]
DAY = dt.timedelta(days=1)


@dataclass(frozen=True)
class Need:
    """What somebody looks for. Only the reason is usual; without it, any reason that a mediator receives for.

    ``near`` is (latitude, longitude). ``for_self_service`` keeps what residents may book alone.
    """

    reason: Reason | None
    sites: Iterable[Site | int] | None = None
    quartier: Quartier | None = None
    language: str = ""
    step_free: bool = False
    mediator: Mediator | None = None
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    near: tuple[float, float] | None = None
    for_self_service: bool = False


@dataclass(frozen=True)
class Slot:
    """A time that can be booked: who receives, where, what for."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    mediator: Mediator
    site: Site
    reason: Reason

    @property
    def token(self) -> str:
        """What a form sends back to name this slot; booking checks anew that it is offered."""
        parts = (self.mediator.uid.hex, self.site.uid.hex, self.reason.uid.hex, int(self.starts_at.timestamp()))
        return ".".join(str(part) for part in parts)


def first_slots(need: Need, *, limit: int = 10) -> list[Slot]:
    """Return the first slots: earliest, then nearest, then with the mediator who has least to do that day.

    Two mediators free at the same time and place are one line: the person chooses a time, not a mediator.
    """
    found: dict[tuple[dt.datetime, int], Slot] = {}
    for slot in _Search(need).slots():
        found.setdefault((slot.starts_at, slot.site.pk), slot)
        if len(found) == limit:
            break
    return list(found.values())


def next_slot_by_site(site_ids: Collection[int], reason: Reason | None = None) -> dict[int, Slot]:
    """Return the first slot that residents may book at each site; a site without any is absent."""
    found: dict[int, Slot] = {}
    wanted = set(site_ids)
    for slot in _Search(Need(reason=reason, sites=wanted, for_self_service=True)).slots():
        found.setdefault(slot.site.pk, slot)
        if len(found) == len(wanted):
            break
    return found


def is_offered(slot: Slot, *, ignoring: Engagement | None = None, for_self_service: bool = False) -> bool:
    """Say whether ``slot`` is open and free now, as if ``ignoring`` (the appointment to move) did not exist."""
    day = timezone.localdate(slot.starts_at)
    need = Need(
        reason=slot.reason,
        sites=[slot.site.pk],
        mediator=slot.mediator,
        first_day=day,
        last_day=day,
        for_self_service=for_self_service,
    )
    return any(found.starts_at == slot.starts_at for found in _Search(need, ignoring=ignoring).slots())


def slot_from_token(token: str) -> Slot:
    """Return the slot that ``token`` names, offered or not. Raises ValidationError where it is unreadable."""
    try:
        mediator_uid, site_uid, reason_uid, timestamp = token.split(".")
        starts_at = dt.datetime.fromtimestamp(int(timestamp), tz=dt.UTC)
        mediator = Mediator.objects.select_related("organisation").get(uid=uuid.UUID(mediator_uid))
        site = Site.objects.get(uid=uuid.UUID(site_uid))
        reason = Reason.objects.get(uid=uuid.UUID(reason_uid))
        ends_at = starts_at + dt.timedelta(minutes=reason.duration_minutes)
        # The first and last days of the calendar have no local time everywhere.
        timezone.localtime(starts_at), timezone.localtime(ends_at)
    except (ValueError, OverflowError, OSError, Mediator.DoesNotExist, Site.DoesNotExist, Reason.DoesNotExist):
        raise ValidationError(_("Choisissez un horaire dans la liste."), code="slot_unreadable") from None
    return Slot(starts_at, ends_at, mediator, site, reason)


class _Search:
    """One search: reads what stands in the way, window by window, and yields slots in order, day by day."""

    def __init__(self, need: Need, *, ignoring: Engagement | None = None) -> None:
        self.need = need
        self.ignoring = ignoring
        self.zone = timezone.get_default_timezone()
        self.now = timezone.now()
        today = timezone.localdate(self.now)
        self.first_day = max(need.first_day or today, today)
        last_day = today + DAY * HORIZON_DAYS
        self.last_day = min(need.last_day or last_day, last_day)

    def slots(self) -> Iterator[Slot]:
        """Yield every slot until the last day: by start, then distance, then how busy the mediator is."""
        for first_day, last_day in self._windows():
            engagements = self._engagements(first_day, last_day)
            for offset in range((last_day - first_day).days + 1):
                yield from self._slots_of(first_day + DAY * offset, engagements)

    def _windows(self) -> Iterator[tuple[dt.date, dt.date]]:
        first_day = self.first_day
        for days in WINDOWS:
            last_day = min(self.first_day + DAY * (days - 1), self.last_day)
            # A period that opens on no day of the window is no reason to read engagements.
            if first_day <= last_day and self.periods:
                yield first_day, last_day
            first_day = max(first_day, last_day + DAY)

    def _slots_of(self, day: dt.date, engagements: dict[int, list[Span]]) -> list[Slot]:
        """Return the slots of one day, in order."""
        if is_public_holiday(day):
            return []
        start, end = self._day_span(day, day)
        busy = {pk: sum(taken[0] < end and taken[1] > start for taken in spans) for pk, spans in engagements.items()}
        slots = [
            slot
            for period, reason in self.periods
            if self._receives(period, day)
            for slot in self._slots_in(period, reason, day, engagements[period.mediator_id])
        ]
        return sorted(slots, key=lambda slot: self._rank(slot, busy))

    def _slots_in(self, period: OpeningPeriod, reason: Reason, day: dt.date, engagements: list[Span]) -> Iterator[Slot]:
        span = instant(day, period.start_time, self.zone), instant(day, period.end_time, self.zone)
        duration = dt.timedelta(minutes=reason.duration_minutes)
        for free in subtract(span, [*engagements, *self.absences[period.mediator_id]]):
            for start in starts(free, duration):
                if start >= self.now:
                    yield Slot(start, start + duration, period.mediator, period.site, reason)

    def _receives(self, period: OpeningPeriod, day: dt.date) -> bool:
        shut = any(first <= day <= last for first, last in self.closures[period.site_id])
        return not shut and opens_on(
            day, recurrence=period.recurrence, first_day=period.first_day, last_day=period.last_day
        )

    def _rank(self, slot: Slot, busy: dict[int, int]) -> tuple[Any, ...]:
        return slot.starts_at, self._distance(slot.site), busy.get(slot.mediator.pk, 0), slot.mediator.pk

    def _distance(self, site: Site) -> float:
        if self.need.near is None:
            return 0
        if site.latitude is None or site.longitude is None:
            return float("inf")
        return distance_km(self.need.near, (site.latitude, site.longitude))

    # --- What is read ------------------------------------------------------------------------------------------------

    @cached_property
    def periods(self) -> list[tuple[OpeningPeriod, Reason]]:
        """The opening periods that answer the need, each with the reason to book."""
        periods = (
            OpeningPeriod.objects.touching(self.first_day, self.last_day)
            .answering(self.need)
            .select_related("mediator__organisation", "site__quartier")
            .prefetch_related("reasons")
        )
        pairs = ((period, self._reason_for(period)) for period in periods if self._speaks(period.mediator))
        return [(period, reason) for period, reason in pairs if reason is not None]

    def _reason_for(self, period: OpeningPeriod) -> Reason | None:
        """Return the reason to book in ``period``: the one asked for, else "tous besoins", else the first."""
        wanted = [
            reason
            for reason in period.reasons.all()
            if reason.is_active
            and (self.need.reason is None or reason == self.need.reason)
            and (not self.need.for_self_service or reason.who_books == WhoBooks.EVERYONE)
        ]
        return next((reason for reason in wanted if reason.is_any_need), wanted[0] if wanted else None)

    def _speaks(self, mediator: Mediator) -> bool:
        return not self.need.language or self.need.language in mediator.languages

    @cached_property
    def mediator_ids(self) -> set[int]:
        """Whose time must be read."""
        return {period.mediator_id for period, _reason in self.periods}

    @cached_property
    def absences(self) -> dict[int, list[Span]]:
        """When each mediator is away."""
        rows = Absence.objects.between(*self._day_span(self.first_day, self.last_day)).filter(
            mediator__in=self.mediator_ids
        )
        return _grouped(rows.values_list("mediator_id", "starts_at", "ends_at"))

    @cached_property
    def closures(self) -> dict[int, list[tuple[dt.date, dt.date]]]:
        """When each site is shut."""
        rows = Closure.objects.filter(
            site__in={period.site_id for period, _reason in self.periods},
            starts_on__lte=self.last_day,
            ends_on__gte=self.first_day,
        )
        return _grouped(rows.values_list("site_id", "starts_on", "ends_on"))

    def _engagements(self, first_day: dt.date, last_day: dt.date) -> dict[int, list[Span]]:
        rows = Engagement.objects.standing().between(*self._day_span(first_day, last_day))
        rows = rows.filter(mediator__in=self.mediator_ids).exclude(pk=self.ignoring.pk if self.ignoring else None)
        return _grouped(rows.values_list("mediator_id", "starts_at", "ends_at"))

    def _day_span(self, first_day: dt.date, last_day: dt.date) -> Span:
        midnight = dt.time.min
        return instant(first_day, midnight, self.zone), instant(last_day + DAY, midnight, self.zone)


def _grouped(rows: Iterable[tuple[Any, Any, Any]]) -> dict[int, list[tuple[Any, Any]]]:
    """Return (key, start, end) rows as lists by key."""
    groups: dict[int, list[tuple[Any, Any]]] = defaultdict(list)
    for key, start, end in rows:
        groups[key].append((start, end))
    return groups
