"""Where: places, when they are shut, and their public computers."""

from sites.models.closure import Closure
from sites.models.error_report import ErrorReport
from sites.models.pending_import import PendingImport
from sites.models.reservation import Reservation
from sites.models.site import Site
from sites.models.workstation import Workstation

__all__ = ["Closure", "ErrorReport", "PendingImport", "Reservation", "Site", "Workstation"]
