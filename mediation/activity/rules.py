"""May this user do this with what was done? Pure predicates."""

from typing import Any

from directory import rules
from directory.enums import Role, Source


def may_change(user: Any, activity: Any) -> bool:
    """Say whether the user may mend or delete this entry: its mediator, or whoever typed it, where it was typed.

    An imported entry is mended in the file it comes from, a monthly total on its own page.
    """
    if activity.source != Source.HERE:
        return False
    is_theirs = activity.mediator is not None and activity.mediator.user_id == user.pk
    return is_theirs or activity.recorded_by_id == user.pk


def imports_files(user: Any) -> bool:
    """Somebody who brings in the file of an organisation: coordinators and administrators."""
    return rules.is_coordinator(user) or rules.is_administrator(user)


def declares_sources(user: Any) -> bool:
    """Somebody who says where mediators report: administrators."""
    return rules.is_administrator(user)


def types_monthly_totals(user: Any) -> bool:
    """Somebody who gives the totals of a month: mediators and administrators, for their organisation."""
    return rules.has_role(user, Role.MEDIATOR) or rules.is_administrator(user)
