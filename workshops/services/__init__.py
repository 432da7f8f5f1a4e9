"""What changes workshops, their seats and who sits in them."""

from workshops.services.attendance import record_attendance
from workshops.services.offers import accept_offer, expire_offers, offer_next
from workshops.services.registrations import (
    RegisteredAlready,
    WorkshopFull,
    cancel_registration,
    find_by_reference,
    register,
    registered_with,
)
from workshops.services.workshops import (
    cancel_workshop,
    change_capacity,
    move_workshop,
    open_workshop,
    update_workshop,
)

__all__ = [
    "RegisteredAlready",
    "WorkshopFull",
    "accept_offer",
    "cancel_registration",
    "cancel_workshop",
    "change_capacity",
    "expire_offers",
    "find_by_reference",
    "move_workshop",
    "offer_next",
    "open_workshop",
    "record_attendance",
    "register",
    "registered_with",
    "update_workshop",
]
