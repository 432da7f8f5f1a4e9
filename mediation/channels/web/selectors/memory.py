"""What pages said of a place within the last half-minute, in this process's own memory.

Not in the cache of the settings, which is a table of the database: asking it would cost much of what it spares. Pages
read from here, booking never does: it checks that what was shown is still true.
"""

from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.utils.translation import get_language

# The page that says it may be kept as long (mediation/kernel/pages.py): nothing shown is older than a minute.
SECONDS = 30
KEPT = LocMemCache("places", {"TIMEOUT": SECONDS, "MAX_ENTRIES": 5000})

Said = TypeVar("Said")


def remembered(
    kind: str, site_ids: Collection[int], read: Callable[[list[int]], Mapping[int, Said]]
) -> dict[int, Said]:
    """Return what is said of these places in the language of the page; ``read`` tells what nobody asked for lately."""
    keys = {pk: f"{kind}:{get_language()}:{pk}" for pk in site_ids}
    kept = KEPT.get_many(keys.values())
    found = {pk: kept[key] for pk, key in keys.items() if key in kept}
    if missing := [pk for pk in keys if pk not in found]:
        new = read(missing)
        KEPT.set_many({keys[pk]: said for pk, said in new.items()})
        found.update(new)
    return found
