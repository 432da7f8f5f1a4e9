"""What can be booked, and what was."""

from helpdesk.selectors.agenda import AgendaDay, agenda
from helpdesk.selectors.agenda_table import Cell, Entry, Row
from helpdesk.selectors.appointments import (
    AppointmentPage,
    ReportLine,
    appointment_page,
    report_lines,
    reports_here,
    verbs_for,
)
from helpdesk.selectors.moved import Moved, moved_among, moved_because_of
from helpdesk.selectors.must_move import MustMove, OtherTeam, count_must_move, hidden_must_move, must_move
from helpdesk.selectors.openings import outside_public_hours
from helpdesk.selectors.prescriptions import people_of_ours
from helpdesk.selectors.requests import (
    CallsToMake,
    RequestPage,
    booked_named,
    calls_to_make,
    colleagues,
    find_request,
    missed_too_often,
    often_missed,
    request_page,
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
from helpdesk.selectors.stretches import Stretch, starts_in, stretch_from_token
from helpdesk.selectors.team import mediators_noted_absent_by, mediators_with_hours_set_by
from helpdesk.selectors.warnings import warnings_for
from helpdesk.selectors.wishes import WishLine, open_offer, wish_lines, wish_of

__all__ = [
    "HORIZON_DAYS",
    "AgendaDay",
    "AppointmentPage",
    "CallsToMake",
    "Cell",
    "Entry",
    "Moved",
    "MustMove",
    "Need",
    "OtherTeam",
    "ReportLine",
    "RequestPage",
    "Row",
    "Slot",
    "Stretch",
    "WishLine",
    "agenda",
    "appointment_page",
    "booked_named",
    "calls_to_make",
    "colleagues",
    "count_must_move",
    "find_request",
    "first_slots",
    "hidden_must_move",
    "is_offered",
    "mediators_noted_absent_by",
    "mediators_with_hours_set_by",
    "missed_too_often",
    "moved_among",
    "moved_because_of",
    "must_move",
    "next_slot_by_site",
    "often_missed",
    "open_offer",
    "outside_public_hours",
    "people_of_ours",
    "report_lines",
    "reports_here",
    "request_page",
    "slot_from_token",
    "starts_in",
    "stretch_from_token",
    "third_next_available",
    "verbs_for",
    "warnings_for",
    "wish_lines",
    "wish_of",
]
