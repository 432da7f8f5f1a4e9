"""What every page needs to know: the network's name and looks, and the menu of the person who is signed in."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory import rules
from mediation.desk.selectors import SETTINGS
from mediation.kernel.access import Rule
from mediation.kernel.addresses import copied_down
from mediation.kernel.phones import to_e164
from mediation.messaging.rules import reads_figures_only
from reports.rules import reads_reports


@dataclass(frozen=True)
class Entry:
    """One place of the menu, who sees it, and the name of its vendored icon.

    ``leads_to`` names pages that are reached through it and live at other addresses.
    """

    label: str | Promise
    url_name: str
    seen_by: Rule
    icon: str
    leads_to: tuple[str, ...] = ()

    @property
    def urls(self) -> list[str]:
        """The beginnings of the addresses at which one is in this place."""
        return [reverse(name) for name in (self.url_name, *self.leads_to)]


HOURS = ("helpdesk:absences", "helpdesk:openings", "helpdesk:reports_to_do", "helpdesk:must_move", "calendars:feeds")
SET_UP = tuple(page.url_name for group in SETTINGS for page in group.pages)


ENTRIES = (
    Entry(_("Aujourd’hui"), "desk:today", rules.is_mediator, "clock"),
    Entry(_("Accueil"), "desk:front_desk", rules.helps_people, "phone-call", ("helpdesk:requests",)),
    Entry(_("File d’attente"), "helpdesk:queues", rules.helps_people, "ticket"),
    Entry(_("Agenda"), "helpdesk:agenda", rules.helps_people, "calendar-days", HOURS),
    Entry(_("Ateliers"), "workshops:list", rules.is_agent, "graduation-cap"),
    Entry(_("Activités"), "activity:list", rules.is_mediator, "clipboard-list"),
    Entry(_("Bénéficiaires"), "directory:beneficiaries", rules.helps_people, "users"),
    Entry(_("Lieux"), "sites:list", rules.is_agent, "map-pin"),
    Entry(_("Postes"), "sites:workstations", rules.is_agent, "monitor"),
    Entry(_("Structures"), "directory:organisations", rules.is_agent, "building-2"),
    Entry(_("Messages"), "messaging:list", rules.helps_people, "message-square"),
    Entry(_("Messages"), "messaging:month", reads_figures_only, "message-square"),
    Entry(_("Pilotage"), "reports:coordination", reads_reports, "chart-column"),
    Entry(_("Réglages"), "desk:settings", rules.is_administrator, "settings", SET_UP),
)


@dataclass(frozen=True)
class MenuItem:
    """One line of the menu as the page draws it."""

    label: str | Promise
    url: str
    icon: str
    active: bool


def network(request: HttpRequest) -> dict[str, Any]:
    """Return the network's name, telephone and looks, from the settings."""
    return {
        "network": {
            "name": settings.NETWORK_NAME,
            "city": settings.NETWORK_CITY,
            "address": settings.NETWORK_ADDRESS,
            "host": settings.NETWORK_HOST,
            "phone": settings.NETWORK_PHONE,
            "phone_href": f"tel:{to_e164(settings.NETWORK_PHONE)}",
            "relay_url": settings.NETWORK_RELAY_URL,
            "relay_address": copied_down(settings.NETWORK_RELAY_URL),
            "logo_url": settings.NETWORK_LOGO_URL,
            "colour_accent": settings.NETWORK_COLOUR_ACCENT,
            "colour_primary": settings.NETWORK_COLOUR_PRIMARY,
        }
    }


def menu(request: HttpRequest) -> dict[str, Any]:
    """Return the menu of the person who is signed in: only what they may open."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    entries = [entry for entry in ENTRIES if entry.seen_by(user)]
    near = [(len(url), entry) for entry in entries for url in entry.urls if request.path.startswith(url)]
    # Of two that lead to one page, the first: "Lieux" before "Réglages".
    _length, here = max(near, key=lambda found: found[0], default=(0, None))
    return {"menu": [MenuItem(entry.label, entry.urls[0], entry.icon, entry is here) for entry in entries]}
