"""Write places: by hand, from files, and as shipped; public computers, and who has them."""

from sites.services.error_reports import forget_reports, mark_report, report_error
from sites.services.imports import ImportReport, RowOutcome, import_sites
from sites.services.pending import keep_file, try_file, write_file
from sites.services.places import create_site, publish, update_site
from sites.services.reservations import (
    NoComputer,
    TooEarly,
    arrive,
    find_reservation,
    forget_names,
    give_back_missed,
    prolong,
    release,
    reserve,
    take_now,
)
from sites.services.shipped import load_places
from sites.services.workstations import add_workstations, change_state, remove_workstation

__all__ = [
    "ImportReport",
    "NoComputer",
    "RowOutcome",
    "TooEarly",
    "add_workstations",
    "arrive",
    "change_state",
    "create_site",
    "find_reservation",
    "forget_names",
    "forget_reports",
    "give_back_missed",
    "import_sites",
    "keep_file",
    "load_places",
    "mark_report",
    "prolong",
    "publish",
    "release",
    "remove_workstation",
    "report_error",
    "reserve",
    "take_now",
    "try_file",
    "update_site",
    "write_file",
]
