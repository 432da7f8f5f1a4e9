"""The times that residents choose from."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from django.utils import timezone

from helpdesk.models import Reason
from helpdesk.selectors import Need, Slot, first_slots, is_offered, next_slot_by_site
from helpdesk.selectors.alternatives import next_slots as slots_after
from sites.geography import Point, distance_km
from sites.models import Site

SLOTS_READ = 60
DAYS_SHOWN = 3


@dataclass(frozen=True)
class Day:
    """The free times of one day."""

    day: dt.date
    slots: list[Slot]


@dataclass(frozen=True)
class Times:
    """The first days with free times, and from when to look for later ones (None where there are none)."""

    days: list[Day]
    later_from: dt.date | None


def offered_places(reason: Reason) -> list[Slot]:
    """Return the first time at each place that receives for ``reason``, earliest place first."""
    slots = next_slot_by_site(reason).values()
    return sorted(slots, key=lambda slot: (slot.starts_at, slot.site.name))


def nearest_first(slots: Iterable[Slot], here: Point | None) -> list[tuple[Slot, float | None]]:
    """Return each slot with how many kilometres away it is; in the given order where nobody knows from where."""
    found = [(slot, _distance(slot.site, here)) for slot in slots]
    # A place without coordinates may be next door: it stands after those whose distance is known.
    return sorted(found, key=lambda one: (one[1] is None, one[1] or 0))


def instead_of(slot: Slot) -> list[Slot] | None:
    """Return the times to propose where residents cannot have ``slot`` (any more), None where they can."""
    if is_offered(slot, for_self_service=True):
        return None
    # Beyond the last day that can be booked nothing follows: the first times do.
    from_now = replace(slot, starts_at=timezone.now())
    return slots_after(slot, for_self_service=True) or slots_after(from_now, for_self_service=True)


def times(reason: Reason, site: Site | None, here: Point | None, after: dt.date | None) -> Times:
    """Return the first days with free times at a place, or anywhere, the nearest first at the same hour."""
    need = Need(
        reason=reason,
        sites=[site.pk] if site else None,
        near=here,
        first_day=after,
        for_self_service=True,
    )
    slots = first_slots(need, limit=SLOTS_READ)
    days = [Day(day, list(found)) for day, found in groupby(slots, lambda slot: timezone.localdate(slot.starts_at))]
    shown = days[:DAYS_SHOWN]
    # A day cut by the limit of what was read is shown whole or not at all.
    if len(slots) == SLOTS_READ and len(days) > 1 and len(days) <= DAYS_SHOWN:
        shown = days[:-1]
    return Times(shown, _later(shown, days, len(slots)))


def _distance(site: Site, here: Point | None) -> float | None:
    if here is None or site.latitude is None or site.longitude is None:
        return None
    return distance_km(here, (site.latitude, site.longitude))


def _later(shown: list[Day], days: list[Day], read: int) -> dt.date | None:
    if shown and (len(days) > len(shown) or read == SLOTS_READ):
        return shown[-1].day + dt.timedelta(days=1)
    return None
