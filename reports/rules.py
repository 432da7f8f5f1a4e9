"""May this user read a report or confirm figures? Pure predicates."""

from typing import Any

from directory import rules
from directory.enums import Role


def reads_reports(user: Any) -> bool:
    """Somebody who reviews activity, or who answers for the figures of an organisation."""
    return rules.is_coordinator(user) or bool(confirmable_ids(user))


def reads_whole_network(user: Any) -> bool:
    """A coordinator of the whole network: reads the figures of every organisation."""
    return rules.is_network_wide(user, Role.COORDINATOR)


def confirmable_ids(user: Any) -> set[int]:
    """Return the ids of the organisations whose figures the user may confirm: their own, never a partner's."""
    return rules.organisation_ids(user, Role.COORDINATOR, Role.ADMINISTRATOR)
