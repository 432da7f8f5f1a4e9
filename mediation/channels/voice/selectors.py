"""What the line reads: free times near a postcode, a place, whether the desk answers."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Max, Prefetch
from django.utils import timezone

from helpdesk.models import Reason
from helpdesk.selectors import Need, Slot
from helpdesk.selectors.alternatives import earliest_of
from mediation.channels.call_back import is_somebody_there, who_calls_back
from mediation.channels.models import Call
from mediation.messaging.enums import Medium
from mediation.messaging.models import Reply
from sites.geography import NEARBY_KM, Point, distance_km
from sites.models import Closure, Site


def free_times(reason: Reason, near: Point, *, limit: int, besides: Collection[str] = ()) -> list[Slot]:
    """Return the earliest times nearby that residents may book, then elsewhere, but those that were said already."""
    anywhere = Need(reason=reason, near=near, for_self_service=True)
    return earliest_of([replace(anywhere, within_km=NEARBY_KM), anywhere], limit=limit, besides=besides)


def nearest_first(slots: list[Slot], near: Point) -> list[Slot]:
    """Return the times in the order of their places' distance."""
    return sorted(slots, key=lambda slot: (_distance(slot.site, near), slot.starts_at))


def place_named(uid: str) -> Site | None:
    """Return a published place, with what its hours need."""
    closures = Prefetch("closures", Closure.objects.filter(ends_on__gte=timezone.localdate()))
    return Site.objects.published().prefetch_related(closures).filter(uid=uid).first()


@dataclass(frozen=True)
class Heard:
    """When somebody last reached the network without an agent; None where nobody ever did."""

    call_at: dt.datetime | None
    sms_at: dt.datetime | None


def last_heard() -> Heard:
    """Return when the line last rang and when the last text message came: a line that is silent for days is broken."""
    return Heard(
        call_at=Call.objects.aggregate(last=Max("started_at"))["last"],
        sms_at=Reply.objects.filter(medium=Medium.SMS).aggregate(last=Max("received_at"))["last"],
    )


def desk_answers(at: dt.datetime) -> bool:
    """Say whether a call can be passed on to somebody at the desk."""
    organisation = who_calls_back() if settings.VOICE_DESK_NUMBER else None
    return organisation is not None and is_somebody_there(organisation, at)


def _distance(site: Site, near: Point) -> float:
    if site.latitude is None or site.longitude is None:
        return float("inf")
    return distance_km(near, (site.latitude, site.longitude))
