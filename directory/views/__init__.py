"""Pages about people, organisations, mediators and accounts."""

from directory.views.accounts import (
    account_close,
    account_invite,
    account_list,
    account_reopen,
    account_send_link,
    account_sheet,
    role_give,
    role_remove,
)
from directory.views.beneficiaries import beneficiary_add, beneficiary_edit, beneficiary_list
from directory.views.mediators import mediator_add, mediator_edit, mediator_sheet
from directory.views.organisations import organisation_add, organisation_edit, organisation_list, organisation_sheet

__all__ = [
    "account_close",
    "account_invite",
    "account_list",
    "account_reopen",
    "account_send_link",
    "account_sheet",
    "beneficiary_add",
    "beneficiary_edit",
    "beneficiary_list",
    "mediator_add",
    "mediator_edit",
    "mediator_sheet",
    "organisation_add",
    "organisation_edit",
    "organisation_list",
    "organisation_sheet",
    "role_give",
    "role_remove",
]
