"""What changes appointments, their people and the mediators' agenda."""

from helpdesk.services.agenda import absent_today, note_absence, save_opening
from helpdesk.services.attendance import mark_arrived, mark_no_show, mark_seen, report, undo_status
from helpdesk.services.booking import (
    BookedAlready,
    SlotTaken,
    book,
    booked_with,
    cancel,
    find_by_reference,
    move,
    reinstate,
)
from helpdesk.services.missed import note_why_missed
from helpdesk.services.requests import (
    ask_for_help,
    close_request,
    give_request,
    note_call,
    reopen_request,
    take_back_call,
)
from helpdesk.services.wishes import answer_offer, expire_holds, wish_earlier, withdraw_wish

__all__ = [
    "BookedAlready",
    "SlotTaken",
    "absent_today",
    "answer_offer",
    "ask_for_help",
    "book",
    "booked_with",
    "cancel",
    "close_request",
    "expire_holds",
    "find_by_reference",
    "give_request",
    "mark_arrived",
    "mark_no_show",
    "mark_seen",
    "move",
    "note_absence",
    "note_call",
    "note_why_missed",
    "reinstate",
    "reopen_request",
    "report",
    "save_opening",
    "take_back_call",
    "undo_status",
    "wish_earlier",
    "withdraw_wish",
]
