"""Which two times to propose to somebody who says where they are."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils import timezone

from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.selectors.alternatives import earliest_of
from mediation.channels.web.selectors.needs import any_need
from mediation.territory.selectors import Spot
from sites.geography import NEARBY_KM, Point

DAY = dt.timedelta(days=1)
# Among how many times another day or place is looked for, once the first ones were said.
OTHERS = 12


def times_near(spot: Spot) -> list[Slot]:
    """Return two free times near a place, else anywhere: the earliest, and the first of a later day.

    At one hour the nearest place comes first. Fewer where there are none.
    """
    reason = any_need()
    if reason is None:
        return []
    nearby = Need(reason=reason, near=(spot.latitude, spot.longitude), within_km=NEARBY_KM, for_self_service=True)
    found = _two(nearby)
    return found if len(found) == 2 else two_of([*found, *_two(replace(nearby, within_km=None))])


def others_near(near: Point, *, besides: Collection[str]) -> list[Slot]:
    """Return two more free times near a place, else anywhere, but those that were said already."""
    reason = any_need()
    if reason is None:
        return []
    anywhere = Need(reason=reason, near=near, for_self_service=True)
    nearby = replace(anywhere, within_km=NEARBY_KM)
    return two_of(earliest_of([nearby, anywhere], limit=OTHERS, besides=besides))


def two_of(slots: Sequence[Slot]) -> list[Slot]:
    """Return the first time, and one of another day or place: two hours of one morning are hardly a choice."""
    if not slots:
        return []
    first, *others = [slot for index, slot in enumerate(slots) if slot not in slots[:index]]
    another = next((slot for slot in others if _where_and_when(slot) != _where_and_when(first)), None)
    return [first, *([another] if another else others[:1])]


def _two(need: Need) -> list[Slot]:
    soonest = first_slots(need, limit=2)
    if not soonest:
        return []
    later = replace(need, first_day=timezone.localdate(soonest[0].starts_at) + DAY)
    return [soonest[0], *(first_slots(later, limit=1) or soonest[1:])]


def _where_and_when(slot: Slot) -> tuple[int, dt.date]:
    return slot.site.pk, timezone.localdate(slot.starts_at)
