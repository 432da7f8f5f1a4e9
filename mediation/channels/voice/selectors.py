"""What the line reads: free times near a postcode, the nearest places, whether the desk answers."""

import datetime as dt
from collections.abc import Collection
from dataclasses import replace

from django.conf import settings
from django.db.models import Prefetch
from django.utils import timezone

from helpdesk.models import Appointment, Reason
from helpdesk.selectors import Need, Slot, first_slots
from mediation.channels.call_back import is_somebody_there, who_calls_back
from sites.enums import AccessMode
from sites.geography import NEARBY_KM, Point, distance_km
from sites.models import Closure, Site

PLACES_SAID = 3


def free_times(reason: Reason, near: Point, *, limit: int, besides: Collection[str] = ()) -> list[Slot]:
    """Return the earliest times nearby that residents may book, then elsewhere, but those that were said already."""
    need = Need(reason=reason, near=near, for_self_service=True)
    nearby = _besides(replace(need, within_km=NEARBY_KM), limit, besides)
    if len(nearby) == limit:
        return nearby
    said = {*besides, *(slot.token for slot in nearby)}
    return [*nearby, *_besides(need, limit - len(nearby), said)]


def other_times(appointment: Appointment, *, limit: int, besides: Collection[str] = ()) -> list[Slot]:
    """Return the earliest times for the same appointment: at its own place, or at any where it has none."""
    reason, site = appointment.reason, appointment.site
    here = _besides(Need(reason=reason, sites=[site.pk], for_self_service=True), limit, besides)
    if here:
        return here
    near = None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude)
    return _besides(Need(reason=reason, near=near, for_self_service=True), limit, besides)


def nearest_first(slots: list[Slot], near: Point) -> list[Slot]:
    """Return the times in the order of their places' distance."""
    return sorted(slots, key=lambda slot: (_distance(slot.site, near), slot.starts_at))


def nearest_places(near: Point) -> list[Site]:
    """Return the nearest places that receive the public."""
    known = Site.objects.published().filter(latitude__isnull=False).defer("detail")
    sites = [site for site in known if AccessMode.NO_PUBLIC not in site.access_modes]
    return sorted(sites, key=lambda site: (_distance(site, near), site.name))[:PLACES_SAID]


def place_named(uid: str) -> Site | None:
    """Return a published place, with what its hours need."""
    closures = Prefetch("closures", Closure.objects.filter(ends_on__gte=timezone.localdate()))
    return Site.objects.published().prefetch_related(closures).filter(uid=uid).first()


def desk_answers(at: dt.datetime) -> bool:
    """Say whether a call can be passed on to somebody at the desk."""
    organisation = who_calls_back() if settings.VOICE_DESK_NUMBER else None
    return organisation is not None and is_somebody_there(organisation, at)


def _besides(need: Need, limit: int, besides: Collection[str]) -> list[Slot]:
    found = first_slots(need, limit=limit + len(besides))
    return [slot for slot in found if slot.token not in besides][:limit]


def _distance(site: Site, near: Point) -> float:
    if site.latitude is None or site.longitude is None:
        return float("inf")
    return distance_km(near, (site.latitude, site.longitude))
