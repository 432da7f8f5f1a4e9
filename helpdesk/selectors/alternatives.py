"""What to propose to whoever came too late."""

from dataclasses import replace

from django.utils import timezone

from helpdesk.selectors.slots import Need, Slot, first_slots

NEXT_SLOTS = 3


def next_slots_for(need: Need, slot: Slot) -> list[Slot]:
    """Return what to propose instead of ``slot`` to whoever searched for ``need``: the same search, from its hour on.

    Earlier ones were on the page as well, and were not what the person wanted.
    """
    from_its_day = replace(need, first_day=timezone.localdate(slot.starts_at))
    return first_slots(from_its_day, limit=NEXT_SLOTS, after=slot.starts_at)


def next_slots(slot: Slot, *, for_self_service: bool) -> list[Slot]:
    """Return what to propose instead: at the same place from the same day on, then elsewhere, nearest first."""
    site = slot.site
    here = None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude)
    day = timezone.localdate(slot.starts_at)
    found = first_slots(
        Need(reason=slot.reason, sites=[site.pk], first_day=day, for_self_service=for_self_service), limit=NEXT_SLOTS
    )
    if len(found) == NEXT_SLOTS:
        return found
    elsewhere = first_slots(
        Need(reason=slot.reason, first_day=day, near=here, for_self_service=for_self_service), limit=2 * NEXT_SLOTS
    )
    return [*found, *(other for other in elsewhere if other.site != site)][:NEXT_SLOTS]
