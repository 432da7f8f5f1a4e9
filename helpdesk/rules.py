"""May this user do this to an appointment, an agenda or a reason?"""

from typing import Any

from directory import rules
from directory.enums import Role
from helpdesk.enums import WhoBooks


def plans(user: Any) -> bool:
    """Somebody who may note when mediators receive or are away: for themselves, their team or their organisation."""
    return rules.helps_people(user) or rules.is_administrator(user)


def sets_hours(user: Any) -> bool:
    """Somebody who may say when mediators receive: for themselves or for their organisation."""
    return rules.is_mediator(user) or rules.is_administrator(user)


def receives(user: Any, appointment: Any) -> bool:
    """Say whether the user belongs to those who receive: they see contacts and needs, and say who came."""
    organisation_id = appointment.engagement.mediator.organisation_id
    return organisation_id in rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)


def books(user: Any, reason: Any) -> bool:
    """Say whether the user may book for this reason, as ``ReasonQuerySet.bookable_by`` lists them."""
    own = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
    is_shared = reason.who_books != WhoBooks.DESK or reason.organisation_id is None
    return reason.is_active and (is_shared or reason.organisation_id in own)


def overrides(user: Any, mediator: Any) -> bool:
    """Say whether the user may book a time of this mediator that is not offered: agents of the same organisation."""
    return mediator.organisation_id in rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)


def may_report(user: Any, appointment: Any) -> bool:
    """Say whether the user logs what was done: mediators of the organisation that received, never its front desk."""
    return appointment.engagement.mediator.organisation_id in rules.organisation_ids(user, Role.MEDIATOR)


def calls_back(user: Any, request: Any) -> bool:
    """Say whether the user belongs to those who call back: others who asked see number and state only."""
    return request.organisation_id in rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)


def may_report_ticket(user: Any, ticket: Any) -> bool:
    """Say whether the user logs what was done with a ticket: mediators of the organisation that received."""
    return bool(ticket.mediator) and ticket.mediator.organisation_id in rules.organisation_ids(user, Role.MEDIATOR)
