"""Who has an agenda to carry along."""

from typing import Any

from directory import rules


def keeps_feeds(user: Any) -> bool:
    """Mediators, for their own agenda; administrators, for those of the people and places that they set up."""
    return rules.is_mediator(user) or rules.is_administrator(user)
