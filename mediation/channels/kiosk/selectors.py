"""What the kiosk and the desk beside it show."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from helpdesk.models import Reason
from helpdesk.selectors import Need, Slot, first_slots
from mediation.activity.enums import Theme
from mediation.channels.models import CallForHelp
from sites.models import Site

NEEDS_SHOWN = 4
TIMES_SHOWN = 4
# A picture of what a need is about, for those who do not read; then others, so that no two needs look the same.
PICTURES = {Theme.HARDWARE: "smartphone", Theme.ADMIN: "file-text", Theme.EMAIL: "mail", Theme.JOBS: "briefcase"}
OTHER_PICTURES = ("heart-handshake", "hand-helping", "message-circle", "book-open")


@dataclass(frozen=True)
class Choice:
    """The times to choose from. ``is_here`` says that they are at the kiosk's own place."""

    slots: list[Slot]
    is_here: bool
    has_more: bool


def needs() -> list[tuple[Reason, str]]:
    """Return the few needs of the first screen, each with a picture of its own; "je ne sais pas" comes last."""
    offered = Reason.objects.self_service()
    shown: dict[str, Reason] = {}
    for reason in offered.filter(is_any_need=False)[:NEEDS_SHOWN]:
        pictures = [PICTURES[theme] for theme in reason.themes if theme in PICTURES]
        shown[next(one for one in (*pictures, *OTHER_PICTURES) if one not in shown)] = reason
    unsure = [(reason, "circle-help") for reason in offered.filter(is_any_need=True)[:1]]
    return [*((reason, picture) for picture, reason in shown.items()), *unsure]


def choice(reason: Reason, site: Site, *, nearby: bool, skip: int) -> Choice:
    """Return four times at the kiosk's place, or at the nearest ones where it has none or where asked."""
    if not nearby:
        found = _first(Need(reason=reason, sites=[site.pk], for_self_service=True), skip)
        if found.slots or skip:
            return found
    point = None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude)
    others = Site.objects.published().exclude(pk=site.pk).values_list("pk", flat=True)
    elsewhere = _first(Need(reason=reason, sites=list(others), near=point, for_self_service=True), skip)
    return Choice(elsewhere.slots, is_here=False, has_more=elsewhere.has_more)


def _first(need: Need, skip: int) -> Choice:
    slots = first_slots(need, limit=skip + TIMES_SHOWN + 1)[skip:]
    return Choice(slots[:TIMES_SHOWN], is_here=True, has_more=len(slots) > TIMES_SHOWN)


def open_calls(user: Any) -> QuerySet[CallForHelp]:
    """Return who calls from the kiosks of the places where the user receives, earliest first."""
    return CallForHelp.objects.open().visible_to(user).select_related("device__site").order_by("asked_at")
