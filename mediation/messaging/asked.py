"""What people ask for by themselves in a text message: each app above names, in ``AppConfig.ready``, who grants what.

The ledger understands "RDV 31400" and knows the number it came from; whoever grants the wish finds the times, books and
says so. The ledger never learns what a time is.
"""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.utils.module_loading import import_string

# Named in ``apps.py``, before there are models.
if TYPE_CHECKING:
    from directory.models import Beneficiary, Organisation
    from mediation.accounts.actor import Actor
    from mediation.messaging.enums import Meaning


@dataclass(frozen=True)
class Asker:
    """The mobile that asks, in which language it is answered, and in whose name.

    ``occasion`` names what is said of this wish (``version``: and of what came of it); ``beneficiary`` is who was last
    written to there, if anybody.
    """

    number: str
    language: str
    organisation: "Organisation"
    by: "Actor"
    occasion: str
    version: int = 1
    beneficiary: "Beneficiary | None" = None


class Wish(Protocol):
    """Who grants one kind of wish."""

    def grant(self, asker: Asker, about: str) -> str | None:
        """Do what is asked, say so to the number, and return it in a few words.

        ``about`` is where, as it was typed; "" where nothing was. None where nothing can be done before it is known.
        """
        ...


@dataclass
class Wishes:
    """Who grants what, by its meaning."""

    paths: dict[str, str] = field(default_factory=dict)

    def add(self, meaning: str, path: str) -> None:
        """Have ``path`` (a dotted name, read once models are loaded) grant what means so."""
        self.paths[meaning] = path

    def of(self, meaning: "Meaning | str") -> Wish | None:
        """Return who grants this, if anybody does."""
        path = self.paths.get(str(meaning))
        return import_string(path) if path else None


ASKED = Wishes()
