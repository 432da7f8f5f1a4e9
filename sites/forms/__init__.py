"""Turn requests about places into values."""

from sites.forms.closure import ClosureForm
from sites.forms.imports import ImportForm
from sites.forms.site import SiteForm
from sites.forms.workstation import NewWorkstationsForm, StateForm, WorkstationForm

__all__ = ["ClosureForm", "ImportForm", "NewWorkstationsForm", "SiteForm", "StateForm", "WorkstationForm"]
