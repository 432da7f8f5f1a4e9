"""Write places: by hand, from files, and as shipped; and public computers."""

from sites.services.imports import ImportReport, RowOutcome, import_sites
from sites.services.pending import keep_file, try_file, write_file
from sites.services.places import create_site, publish, update_site
from sites.services.shipped import load_places
from sites.services.workstations import add_workstations, change_state

__all__ = [
    "ImportReport",
    "RowOutcome",
    "add_workstations",
    "change_state",
    "create_site",
    "import_sites",
    "keep_file",
    "load_places",
    "publish",
    "try_file",
    "update_site",
    "write_file",
]
