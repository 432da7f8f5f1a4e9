"""What changes appointments, their people and the mediators' agenda."""

from helpdesk.services.attendance import mark_arrived, mark_no_show, mark_seen, report, undo_status
from helpdesk.services.booking import SlotTaken, book, cancel, find_by_reference, move, reinstate

__all__ = [
    "SlotTaken",
    "book",
    "cancel",
    "find_by_reference",
    "mark_arrived",
    "mark_no_show",
    "mark_seen",
    "move",
    "reinstate",
    "report",
    "undo_status",
]
