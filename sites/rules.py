"""May this user do this to a place or a computer?"""

from typing import Any

from directory import rules
from directory.enums import Role

GIVES_COMPUTERS = (Role.FRONT_DESK, Role.MEDIATOR, Role.ADMINISTRATOR)


def may_edit(user: Any, site: Any) -> bool:
    """Administrators of the place's organisation, or of the network."""
    if rules.is_network_administrator(user):
        return True
    return site.organisation_id in rules.organisation_ids(user, Role.ADMINISTRATOR)


def may_run_computers(user: Any, site: Any) -> bool:
    """Whoever works for the place's organisation says which computers are free; so do network administrators."""
    return rules.is_network_administrator(user) or site.organisation_id in rules.organisation_ids(user)


def may_see_who_computes(user: Any, site: Any) -> bool:
    """Whoever receives people at the place's organisation sees who has a computer; coordinators see figures."""
    if rules.is_network_administrator(user):
        return True
    return site.organisation_id in rules.organisation_ids(user, *GIVES_COMPUTERS)
