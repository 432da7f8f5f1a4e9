"""Individual help: what appointments are for, when mediators receive, and the appointments."""

from helpdesk.models.agenda import Absence, OpeningPeriod
from helpdesk.models.appointment import Appointment, Attendee
from helpdesk.models.reason import Reason

__all__ = ["Absence", "Appointment", "Attendee", "OpeningPeriod", "Reason"]
