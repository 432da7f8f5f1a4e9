"""Where somebody starts their day."""

from typing import Any

from directory import rules


def home(user: Any) -> str | None:
    """Return the name of the first page of somebody's roles, or None where nobody gave them any."""
    homes = (
        (rules.is_front_desk, "desk:front_desk"),
        (rules.is_mediator, "desk:today"),
        (rules.is_coordinator, "reports:coordination"),
        (rules.is_administrator, "desk:settings"),
    )
    return next((name for rule, name in homes if rule(user)), None)
