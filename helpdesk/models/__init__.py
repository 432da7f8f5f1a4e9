"""Individual help: what appointments are for, when mediators receive, the appointments, and who waits for one."""

from helpdesk.models.agenda import Absence, ExternalCalendar, OpeningPeriod
from helpdesk.models.appointment import Appointment, AppointmentChange, Attendee
from helpdesk.models.dropin import DropIn, Ticket
from helpdesk.models.reason import Reason
from helpdesk.models.request import CallAttempt, HelpRequest
from helpdesk.models.wish import EarlierOffer, EarlierWish, Hold

__all__ = [
    "Absence",
    "Appointment",
    "AppointmentChange",
    "Attendee",
    "CallAttempt",
    "DropIn",
    "EarlierOffer",
    "EarlierWish",
    "ExternalCalendar",
    "HelpRequest",
    "Hold",
    "OpeningPeriod",
    "Reason",
    "Ticket",
]
