"""What changes appointments, their people and the mediators' agenda."""

from helpdesk.services.agenda import absent_today, note_absence, save_opening
from helpdesk.services.attendance import mark_arrived, mark_no_show, mark_seen, report, undo_status
from helpdesk.services.booking import SlotTaken, book, cancel, find_by_reference, move, reinstate

__all__ = [
    "SlotTaken",
    "absent_today",
    "book",
    "cancel",
    "find_by_reference",
    "mark_arrived",
    "mark_no_show",
    "mark_seen",
    "move",
    "note_absence",
    "reinstate",
    "report",
    "save_opening",
    "undo_status",
]
