"""Who knows the places that messages name: the app of sites, which stands above this one."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.module_loading import import_string


@dataclass
class Places:
    """Where the longest name of a place is asked for; a dotted path, read once models are loaded."""

    path: str = ""

    def longest(self) -> str:
        """Return the longest name that messages may say, or one like it where there is no place yet."""
        name: Callable[[], str] = import_string(self.path) if self.path else str
        return name() or "médiathèque du quartier des Minimes"


PLACES = Places()
