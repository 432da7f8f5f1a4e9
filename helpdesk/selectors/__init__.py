"""What can be booked, and what was."""

from helpdesk.selectors.slots import (
    HORIZON_DAYS,
    Need,
    Slot,
    first_slots,
    is_offered,
    next_slot_by_site,
    slot_from_token,
)

__all__ = ["HORIZON_DAYS", "Need", "Slot", "first_slots", "is_offered", "next_slot_by_site", "slot_from_token"]
