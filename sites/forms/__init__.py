"""Turn requests about places into values."""

from sites.forms.closure import ClosureForm
from sites.forms.imports import ImportForm
from sites.forms.reservation import GestureForm, ReservationForm
from sites.forms.site import SiteForm
from sites.forms.workstation import NewWorkstationsForm, StateForm, WorkstationForm

__all__ = [
    "ClosureForm",
    "GestureForm",
    "ImportForm",
    "NewWorkstationsForm",
    "ReservationForm",
    "SiteForm",
    "StateForm",
    "WorkstationForm",
]
