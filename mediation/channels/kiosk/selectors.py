"""What the kiosk and the desk beside it show."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helpdesk.models import Reason, Ticket
from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.services.messages import ticket_occasion
from mediation.activity.enums import Theme
from mediation.channels.models import CallForHelp
from mediation.kernel.languages import spoken
from mediation.messaging.enums import Medium
from mediation.messaging.gateways import STAYS_HERE, gateway_for
from mediation.messaging.models import Message
from sites.geography import NEARBY_KM, distance_km
from sites.models import Site
from workshops.selectors import WorkshopCard, upcoming_for_public

NEEDS_SHOWN = 4
TIMES_SHOWN = 4
HALF_HOUR = dt.timedelta(minutes=30)
# From an hour late to an hour and a half early.
HOURS_AROUND = range(-2, 4)
# A picture of what a need is about, for those who do not read; then others, so that no two needs look the same.
PICTURES = {Theme.HARDWARE: "smartphone", Theme.ADMIN: "file-text", Theme.EMAIL: "mail", Theme.JOBS: "briefcase"}
# The first two letters of the Arabic name are its article.
LETTERS = {"ar": "ع"}
OTHER_PICTURES = ("heart-handshake", "hand-helping", "message-circle", "book-open")


@dataclass(frozen=True)
class Tongue:
    """A language as its own readers know it. ``tag`` is what browsers call it, ``invitation`` says what to touch.

    ``letters`` are those that its picture shows: flags are those of countries.
    """

    code: str
    name: str
    letters: str
    tag: str
    direction: str
    invitation: str


@dataclass(frozen=True)
class Choice:
    """The times to choose from. ``is_here`` says that they are at the kiosk's own place."""

    slots: list[Slot]
    is_here: bool
    has_more: bool


@dataclass(frozen=True)
class WorkshopChoice:
    """The workshops to choose from. ``is_here`` says that they are at the kiosk's own place."""

    cards: list[WorkshopCard]
    is_here: bool
    has_more: bool


def tongues() -> list[Tongue]:
    """Return the languages of the first screen, each in its own words."""
    found = []
    for code, name in settings.LANGUAGES:
        with override(code):
            direction = "rtl" if code in settings.LANGUAGES_BIDI else "ltr"
            found.append(
                Tongue(
                    code,
                    name,
                    LETTERS.get(code, name[:2].capitalize()),
                    spoken(code),
                    direction,
                    _("Touchez ici pour continuer."),
                )
            )
    return found


def away_words() -> dict[str, str]:
    """Return what to say while the server is away, by language: nobody knows which one is wanted then."""
    words: dict[str, str] = {}
    for code, _name in settings.LANGUAGES:
        with override(code):
            words.setdefault(spoken(code), _("La borne ne marche pas pour le moment. Appelez-nous."))
    return words


def needs() -> list[tuple[Reason, str]]:
    """Return the few needs to choose from, each with a picture of its own; "je ne sais pas" comes last."""
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


def workshop_choice(site: Site, *, nearby: bool, skip: int) -> WorkshopChoice:
    """Return four workshops to come at the kiosk's place, or around it where it has none or where asked."""
    if not nearby:
        found = _next_workshops([site.pk], skip, is_here=True)
        if found.cards or skip:
            return found
    return _next_workshops(_around(site), skip, is_here=False)


def hours_around(now: dt.datetime) -> list[dt.datetime]:
    """Return the half hours about now, whatever is planned: nothing of anybody's appointment is in them."""
    here = timezone.localtime(now)
    half = here.replace(minute=here.minute // 30 * 30, second=0, microsecond=0)
    hours = (half + step * HALF_HOUR for step in HOURS_AROUND)
    return [hour for hour in hours if hour.date() == here.date()]


def text_in_words(ticket: Ticket) -> str:
    """Return one sentence where the number was to be texted: the same where the telephone refuses messages."""
    if not Message.objects.about(ticket_occasion(ticket)).exists():
        return ""
    if gateway_for(Medium.SMS).name in STAYS_HERE:
        return _("L’envoi de SMS n’est pas encore branché ici : aucun message ne part.")
    return _("Un SMS part vers votre téléphone. Il peut tarder : retenez aussi votre numéro.")


def open_calls(user: Any) -> QuerySet[CallForHelp]:
    """Return who calls from the kiosks of the places where the user receives, earliest first."""
    return CallForHelp.objects.open().visible_to(user).select_related("device__site").order_by("asked_at")


def _first(need: Need, skip: int) -> Choice:
    slots = first_slots(need, limit=skip + TIMES_SHOWN + 1)[skip:]
    return Choice(slots[:TIMES_SHOWN], is_here=True, has_more=len(slots) > TIMES_SHOWN)


def _next_workshops(sites: list[int], skip: int, *, is_here: bool) -> WorkshopChoice:
    cards = upcoming_for_public(site_ids=sites, limit=skip + TIMES_SHOWN + 1)[skip:]
    return WorkshopChoice(cards[:TIMES_SHOWN], is_here=is_here, has_more=len(cards) > TIMES_SHOWN)


def _around(site: Site) -> list[int]:
    """Return the other places within reach; all of them where nobody knows how far they are."""
    others = Site.objects.published().exclude(pk=site.pk)
    if site.latitude is None or site.longitude is None:
        return list(others.values_list("pk", flat=True))
    here = (site.latitude, site.longitude)
    return [
        pk
        for pk, latitude, longitude in others.values_list("pk", "latitude", "longitude")
        if latitude is not None and longitude is not None and distance_km(here, (latitude, longitude)) <= NEARBY_KM
    ]
