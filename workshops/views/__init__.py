"""Pages about workshops."""

from workshops.views.attendance import attendance, attendance_sheet
from workshops.views.registrations import accept, register, register_new, unregister
from workshops.views.workshops import add, cancel, edit, sheet, workshop_list

__all__ = [
    "accept",
    "add",
    "attendance",
    "attendance_sheet",
    "cancel",
    "edit",
    "register",
    "register_new",
    "sheet",
    "unregister",
    "workshop_list",
]
