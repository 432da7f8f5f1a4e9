"""What changes organisations' people: beneficiaries and their links, roles of accounts."""

from directory.services.beneficiaries import agree_to_share_history, link, register_beneficiary, update_beneficiary
from directory.services.erasing import erase_old_files
from directory.services.merging import merge, undo_merge
from directory.services.roles import deactivate_account, give_role, invite, reactivate_account, remove_role

__all__ = [
    "agree_to_share_history",
    "deactivate_account",
    "erase_old_files",
    "give_role",
    "invite",
    "link",
    "merge",
    "reactivate_account",
    "register_beneficiary",
    "remove_role",
    "undo_merge",
    "update_beneficiary",
]
