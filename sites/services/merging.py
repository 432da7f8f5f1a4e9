"""Put what a file says beside what is known: what is new, what changed, what somebody here corrected."""

from collections.abc import Iterable, Sequence
from typing import Any

from mediation.territory.selectors import QuartierMap
from sites.imports.rows import Values
from sites.models import Site
from sites.naming import suggest_short_name

BATCH = 500


class Merge:
    """The places named by a file, read in one go, and what is to be written of them."""

    def __init__(self, national_ids: Iterable[str]) -> None:
        self.known = _read(list(dict.fromkeys(national_ids)))
        self.created: list[Site] = []
        self.changed: list[Site] = []

    def add(self, values: Values) -> list[str] | None:
        """Take one place in; return the fields that change, or None for a new place.

        What was corrected here stays, and the identifier never changes.
        """
        site = self.known.get(values["national_id"])
        if site is None:
            self.created.append(_new(values))
            self.known[values["national_id"]] = self.created[-1]
            return None
        fields = [
            name for name, value in values.items() if name not in site.edited_fields and _differs(site, name, value)
        ]
        for name in fields:
            setattr(site, name, values[name])
        if fields:
            self.changed.append(site)
        return fields

    def write(self) -> None:
        """Store everything, each place in its quartier."""
        quartiers = QuartierMap.read()
        for site in (*self.created, *self.changed):
            site.quartier = quartiers.at(site.latitude, site.longitude)
        Site.objects.bulk_create(self.created, batch_size=BATCH)
        if self.changed:
            Site.objects.bulk_update(self.changed, _imported_fields(), batch_size=BATCH // 5)


def _read(national_ids: Sequence[str]) -> dict[str, Site]:
    """Return the known places among ``national_ids``, a batch at a time: SQLite limits a query's parameters."""
    found: dict[str, Site] = {}
    for start in range(0, len(national_ids), BATCH):
        batch = Site.objects.filter(national_id__in=national_ids[start : start + BATCH])
        found.update({site.national_id: site for site in batch})
    return found


def _new(values: Values) -> Site:
    site = Site(**values)
    site.short_name = site.short_name or suggest_short_name(site.name)
    return site


def _differs(site: Site, name: str, value: Any) -> bool:
    if name == "updated_on":
        # What was said here later than in the file stays the latest word.
        return value > site.updated_on
    return getattr(site, name) != value


def _imported_fields() -> list[str]:
    """Return every field that an import may fill."""
    own = {"id", "uid", "organisation", "how_to_come", "is_published", "is_fictional", "edited_fields"}
    return [field.name for field in Site._meta.concrete_fields if field.name not in own]
