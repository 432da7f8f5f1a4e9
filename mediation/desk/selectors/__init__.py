"""What the desk's pages read, across people, appointments, workshops and messages."""

from mediation.desk.selectors.call import (
    Booking,
    Found,
    SlotLine,
    appointments_of,
    booking,
    centre_of,
    find,
    slot_lines,
    slots_for,
)
from mediation.desk.selectors.day import Arrival, MediatorDay, arrivals_today, mediator_day
from mediation.desk.selectors.person import PersonSheet, person_sheet
from mediation.desk.selectors.settings import SETTINGS

__all__ = [
    "SETTINGS",
    "Arrival",
    "Booking",
    "Found",
    "MediatorDay",
    "PersonSheet",
    "SlotLine",
    "appointments_of",
    "arrivals_today",
    "booking",
    "centre_of",
    "find",
    "mediator_day",
    "person_sheet",
    "slot_lines",
    "slots_for",
]
