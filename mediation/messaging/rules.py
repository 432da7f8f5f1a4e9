"""May this user read what messages cost? Pure predicates."""

from typing import Any

from directory import rules
from directory.enums import Role


def reads_all_figures(user: Any) -> bool:
    """Somebody who answers for the whole network: reads the figures of every organisation."""
    return rules.is_network_wide(user, Role.COORDINATOR) or rules.is_network_administrator(user)


def reads_figures_only(user: Any) -> bool:
    """Somebody who reads what messages cost, but none of them."""
    return rules.is_agent(user) and not rules.helps_people(user)
