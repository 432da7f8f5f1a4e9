"""What can be booked, and what was."""

from helpdesk.selectors.agenda import AgendaDay, Entry, agenda
from helpdesk.selectors.appointments import (
    AppointmentPage,
    ReportLine,
    appointment_page,
    report_lines,
    reports_here,
    verbs_for,
)
from helpdesk.selectors.slots import (
    HORIZON_DAYS,
    Need,
    Slot,
    first_slots,
    is_offered,
    next_slot_by_site,
    slot_from_token,
    third_next_available,
)
from helpdesk.selectors.team import mediators_noted_absent_by, mediators_with_hours_set_by

__all__ = [
    "HORIZON_DAYS",
    "AgendaDay",
    "AppointmentPage",
    "Entry",
    "Need",
    "ReportLine",
    "Slot",
    "agenda",
    "appointment_page",
    "first_slots",
    "is_offered",
    "mediators_noted_absent_by",
    "mediators_with_hours_set_by",
    "next_slot_by_site",
    "report_lines",
    "reports_here",
    "slot_from_token",
    "third_next_available",
    "verbs_for",
]
