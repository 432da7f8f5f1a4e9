"""Which two times to propose to somebody who says where they are, or who wants another time."""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils import timezone

from helpdesk.selectors import Need, Slot
from helpdesk.selectors.alternatives import earliest_of
from mediation.channels.web.selectors.needs import any_need
from sites.geography import NEARBY_KM, Point

DAY = dt.timedelta(days=1)


def times_near(near: Point, *, besides: Collection[str] = ()) -> list[Slot]:
    """Return two free times near a place, else anywhere. At one hour the nearest place comes first."""
    reason = any_need()
    if reason is None:
        return []
    anywhere = Need(reason=reason, near=near, for_self_service=True)
    return two_times([replace(anywhere, within_km=NEARBY_KM), anywhere], besides=besides)


def two_times(needs: Sequence[Need], *, besides: Collection[str] = ()) -> list[Slot]:
    """Return two free times for the first need, else for the next ones as well: the earliest, and one of a later day.

    What was said already (``besides``) is left out. Fewer where there are none.
    """
    found: list[Slot] = []
    for need in needs:
        found = two_of([*found, *_two(need, besides)])
        if len(found) == 2:
            break
    return found


def two_of(slots: Sequence[Slot]) -> list[Slot]:
    """Return the first time, and one of another day or place: two hours of one morning are hardly a choice."""
    if not slots:
        return []
    first, *others = [slot for index, slot in enumerate(slots) if slot not in slots[:index]]
    another = next((slot for slot in others if _where_and_when(slot) != _where_and_when(first)), None)
    return [first, *([another] if another else others[:1])]


def _two(need: Need, besides: Collection[str]) -> list[Slot]:
    soonest = earliest_of([need], limit=2, besides=besides)
    if not soonest:
        return []
    later = replace(need, first_day=timezone.localdate(soonest[0].starts_at) + DAY)
    return [soonest[0], *(earliest_of([later], limit=1, besides=besides) or soonest[1:])]


def _where_and_when(slot: Slot) -> tuple[int, dt.date]:
    return slot.site.pk, timezone.localdate(slot.starts_at)
