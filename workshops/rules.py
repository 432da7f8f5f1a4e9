"""May this user do this?"""

from typing import Any

from directory import rules
from directory.enums import Role


def may_set_up(user: Any, workshop: Any) -> bool:
    """Say whether the user changes, moves or cancels this workshop: who works for the organisation that leads it."""
    organisation = workshop.mediator.organisation
    ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
    return organisation.pk in ids or rules.may_administer(user, organisation)


def may_record(user: Any, workshop: Any) -> bool:
    """Say whether the user writes down who came: a mediator of the organisation that leads it."""
    return workshop.mediator.organisation_id in rules.organisation_ids(user, Role.MEDIATOR)


def opens_workshops(user: Any) -> bool:
    """Say whether the user sets up workshops at all."""
    return rules.helps_people(user)
