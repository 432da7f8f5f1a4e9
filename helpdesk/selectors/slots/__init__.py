"""Free slots: computed from opening periods each time they are asked for, never stored."""

import datetime as dt
from itertools import islice

from django.utils import timezone

from directory.models import Engagement
from helpdesk.models import Reason
from helpdesk.selectors.slots.need import Need, Slot, slot_from_token
from helpdesk.selectors.slots.search import HORIZON_DAYS, WINDOWS, Found, Search, slots_of
from sites.models import Site

__all__ = [
    "HORIZON_DAYS",
    "WINDOWS",
    "Need",
    "Slot",
    "first_slots",
    "is_offered",
    "next_slot_by_site",
    "slot_from_token",
    "third_next_available",
]

THIRD = 3


def first_slots(need: Need, *, limit: int = 10, after: dt.datetime | None = None) -> list[Slot]:
    """Return the first slots: earliest, then nearest, then with the mediator who has least to do that week.

    Two mediators free at the same time and place are one line: the person chooses a time, not a mediator.
    What begins before ``after`` is left out.
    """
    found: dict[tuple[dt.datetime, int], Found] = {}
    for one in Search(need).found():
        if after and one.starts_at < after:
            continue
        found.setdefault((one.starts_at, one.opening.site_id), one)
        if len(found) == limit:
            break
    return slots_of(list(found.values()))


def next_slot_by_site(reason: Reason) -> dict[int, Slot]:
    """Return the first slot for ``reason`` that residents may book at each site; a site without any is absent."""
    found = Search(Need(reason=reason, for_self_service=True)).first_by_site()
    return dict(zip(found, slots_of(list(found.values())), strict=True))


def third_next_available(site: Site, reason: Reason) -> Slot | None:
    """Return the third appointment that can still be had: how long people wait, whatever chance cancellation helps.

    Two mediators free at one time are two appointments.
    """
    found = Search(Need(reason=reason, sites=[site.pk])).found()
    return next(iter(slots_of(list(islice(found, THIRD - 1, THIRD)))), None)


def is_offered(slot: Slot, *, ignoring: Engagement | None = None, for_self_service: bool = False) -> bool:
    """Say whether ``slot`` is open and free now, as if ``ignoring`` (the appointment to move) did not exist.

    More than what a search finds now: a time that was shown stays bookable when a booking moves those behind it.
    """
    day = timezone.localdate(slot.starts_at)
    need = Need(
        reason=slot.reason,
        sites=[slot.site.pk],
        mediator=slot.mediator,
        first_day=day,
        last_day=day,
        for_self_service=for_self_service,
    )
    return Search(need, ignoring=ignoring).accepts(slot.starts_at)
