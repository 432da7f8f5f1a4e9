"""What to propose to whoever came too late, or wants another time."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.utils import timezone

from helpdesk.models import Appointment
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


def other_times(appointment: Appointment, *, limit: int, besides: Collection[str] = ()) -> list[Slot]:
    """Return the earliest times to which residents may move their appointment, but those that were said already."""
    return earliest_of(needs_to_move(appointment), limit=limit, besides=besides)


def needs_to_move(appointment: Appointment) -> list[Need]:
    """Return what residents may move their appointment to: at its own place, then elsewhere, nearest first.

    From now on, not from its own day: some wish to come sooner.
    """
    site = appointment.site
    near = None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude)
    anywhere = Need(reason=appointment.reason, near=near, for_self_service=True)
    return [replace(anywhere, sites=[site.pk]), anywhere]


def earliest_of(needs: Sequence[Need], *, limit: int, besides: Collection[str] = ()) -> list[Slot]:
    """Return the earliest times for the first need, then for the next ones, but those that were said already."""
    found: list[Slot] = []
    for need in needs:
        said = {*besides, *(slot.token for slot in found)}
        slots = first_slots(need, limit=limit - len(found) + len(said))
        found += [slot for slot in slots if slot.token not in said][: limit - len(found)]
        if len(found) == limit:
            break
    return found
