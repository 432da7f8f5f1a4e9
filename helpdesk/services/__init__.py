"""What changes appointments, their people and the mediators' agenda."""

from helpdesk.services.agenda import absent_today, note_absence, save_opening
from helpdesk.services.attendance import mark_arrived, mark_no_show, mark_seen, report, undo_status
from helpdesk.services.booking import (
    BookedAlready,
    SlotTaken,
    book,
    booked_with,
    move,
)
from helpdesk.services.cancelling import cancel, reinstate
from helpdesk.services.finding import find_by_reference
from helpdesk.services.missed import note_why_missed
from helpdesk.services.must_move import Result, Wanted, move_and_tell
from helpdesk.services.people import add_person, remove_person
from helpdesk.services.refusals import refuse_why, why_not_moved_alone
from helpdesk.services.requests import (
    ask_for_help,
    ask_for_somebody,
    close_request,
    give_request,
    note_call,
    reopen_request,
    take_back_call,
)
from helpdesk.services.wishes import answer_offer, expire_holds, wish_earlier, withdraw_wish

__all__ = [
    "BookedAlready",
    "Result",
    "SlotTaken",
    "Wanted",
    "absent_today",
    "add_person",
    "answer_offer",
    "ask_for_help",
    "ask_for_somebody",
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
    "move_and_tell",
    "note_absence",
    "note_call",
    "note_why_missed",
    "refuse_why",
    "reinstate",
    "remove_person",
    "reopen_request",
    "report",
    "save_opening",
    "take_back_call",
    "undo_status",
    "why_not_moved_alone",
    "wish_earlier",
    "withdraw_wish",
]
