"""Write places: by hand, from files, and as shipped; and the state of public computers."""

from sites.services.imports import ImportReport, RowOutcome, import_sites
from sites.services.places import create_site, publish, suggest_short_name, update_site
from sites.services.shipped import load_places
from sites.services.workstations import change_state

__all__ = [
    "ImportReport",
    "RowOutcome",
    "change_state",
    "create_site",
    "import_sites",
    "load_places",
    "publish",
    "suggest_short_name",
    "update_site",
]
