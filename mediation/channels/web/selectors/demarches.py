"""Démarches as residents look for them."""

from django.utils.translation import gettext

from helpdesk.models import Reason
from helpdesk.selectors import Slot
from mediation.activity.models import Demarche
from mediation.channels.web.selectors.times import nearest_first, offered_places
from mediation.kernel.formats import searchable
from mediation.kernel.languages import in_french
from mediation.territory.models import Quartier
from mediation.territory.selectors import spot_of

HELP_SHOWN = 3
RELATED_SHOWN = 4


def demarches_matching(text: str) -> list[Demarche]:
    """Return the démarches that ``text`` speaks of, in French or in the language of the page.

    Their names in other languages are in the catalogues, not in the database, and are read here.
    """
    active = Demarche.objects.active().order_by("name")
    found = {row.pk for row in active.matching(text)}
    words = searchable(text).split()
    rows = [row for row in active if row.pk in found or (not in_french() and _is_spoken_of(row, words))]
    return sorted(rows, key=lambda row: searchable(gettext(row.name)))


def related_demarches(demarche: Demarche) -> list[Demarche]:
    """Return other démarches of the same kind: those of the same public body first."""
    others = Demarche.objects.active().filter(theme=demarche.theme).exclude(pk=demarche.pk).order_by("name")
    by_body = sorted(others, key=lambda row: row.public_body != demarche.public_body)
    return by_body[:RELATED_SHOWN]


def help_near(reason: Reason | None, quartier: Quartier | None) -> list[tuple[Slot, float | None]]:
    """Return the first times of a few places, and how many kilometres away they are where a quartier is said."""
    if reason is None:
        return []
    spot = spot_of(quartier.short_name) if quartier else None
    return nearest_first(offered_places(reason), (spot.latitude, spot.longitude) if spot else None)[:HELP_SHOWN]


def _is_spoken_of(row: Demarche, words: list[str]) -> bool:
    held = searchable(f"{gettext(row.name)} {gettext(row.public_body)} {gettext(row.description or '-')}")
    return bool(words) and all(word in held for word in words)
