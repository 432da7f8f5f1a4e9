"""What turns requests about agendas, reasons, absences and calls into values."""

from helpdesk.forms.absences import AbsenceForm
from helpdesk.forms.agenda import DAY, WEEK, AgendaForm
from helpdesk.forms.openings import OpeningForm
from helpdesk.forms.reasons import ReasonForm
from helpdesk.forms.requests import HelpRequestForm

__all__ = ["DAY", "WEEK", "AbsenceForm", "AgendaForm", "HelpRequestForm", "OpeningForm", "ReasonForm"]
