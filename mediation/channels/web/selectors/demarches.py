"""Démarches as residents look for them."""

from django.conf import settings
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
# What is said around every démarche and tells none from another; the shortest words ("d’", "de", "my") never do.
LITTLE = (
    "les des une mon mes ses son pour par sur avec dans aux que qui est pas comment quel quelle besoin veux voudrais "
    "aide aider demande demander demarche demarches faire fait refaire avoir obtenir"
)
SHORTEST = 2
# "RSA", "APL", "CPF": initials, and no plural.
LONGEST_WHOLE = 3


def demarches_matching(text: str) -> list[Demarche]:
    """Return the démarches that ``text`` speaks of, in French or in the language of the page, the best first.

    One word of it is enough: "aide CAF Empalot" is about the CAF, wherever. Their names in other languages are in the
    catalogues, not in the database, and are read here. Nothing typed, all of them.
    """
    wanted = _telling_words(text)
    active = Demarche.objects.active().order_by("name")
    counted = [(_matches(row, wanted), searchable(gettext(row.name)), row) for row in active]
    found = [one for one in counted if one[0][0]] if wanted else counted
    return [row for _counts, _name, row in sorted(found, key=lambda one: ([-count for count in one[0]], one[1]))]


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


def _telling_words(text: str) -> list[str]:
    """Return the words that tell one démarche from another, without the mark of the plural; all where none does."""
    words = searchable(text).split()
    little = {*LITTLE.split(), *searchable(settings.NETWORK_CITY).split()}
    telling = [word for word in words if len(word) > SHORTEST and word not in little]
    return [word[:-1] if len(word) > LONGEST_WHOLE and word[-1] in "sx" else word for word in telling or words]


def _matches(row: Demarche, wanted: list[str]) -> tuple[int, int]:
    """Return how many of the words the démarche holds, and how many its name: what it is about stands first."""
    name, described = row.name, ""
    if not in_french():
        name = f"{name} {gettext(row.name)}"
        described = " ".join(gettext(text) for text in (row.public_body, row.description) if text)
    name = searchable(name)
    held = f"{row.search_words} {name} {searchable(described)}"
    return sum(_holds(held, word) for word in wanted), sum(_holds(name, word) for word in wanted)


def _holds(held: str, word: str) -> bool:
    """Say whether a text holds a word. "ASS" is a word of its own, not the beginning of "assurance"."""
    is_initials = len(word) <= LONGEST_WHOLE and word.isascii()
    return f" {word} " in f" {held} " if is_initials else word in held
