"""What the desk's pages read, across people, appointments, workshops and messages."""

from mediation.desk.selectors.call import (
    Booking,
    Found,
    Noted,
    OwnAppointment,
    SlotLine,
    Standing,
    appointment_to_move,
    booking,
    centre_of,
    find,
    noted,
    slot_lines,
    slots_for,
    standing_of,
)
from mediation.desk.selectors.closures import workshops_during
from mediation.desk.selectors.day import Arrival, MediatorDay, arrivals_today, mediator_day
from mediation.desk.selectors.merging import Comparison, compare
from mediation.desk.selectors.person import PersonSheet, person_sheet
from mediation.desk.selectors.settings import SETTINGS, settings_of

__all__ = [
    "SETTINGS",
    "Arrival",
    "Booking",
    "Comparison",
    "Found",
    "MediatorDay",
    "Noted",
    "OwnAppointment",
    "PersonSheet",
    "SlotLine",
    "Standing",
    "appointment_to_move",
    "arrivals_today",
    "booking",
    "centre_of",
    "compare",
    "find",
    "mediator_day",
    "noted",
    "person_sheet",
    "settings_of",
    "slot_lines",
    "slots_for",
    "standing_of",
    "workshops_during",
]
