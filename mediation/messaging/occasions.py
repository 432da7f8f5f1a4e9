"""What messages speak of: each app above names, in ``AppConfig.ready``, who answers for its own occasions.

The ledger knows an occasion by its name, "appointment:<uid>". Before a message leaves it asks whether that state still
stands; when somebody replies it hands the answer over. It never learns what an appointment is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from django.utils.module_loading import import_string

# Named in ``apps.py``, before there are models.
if TYPE_CHECKING:
    from mediation.accounts.actor import Actor
    from mediation.messaging.enums import Meaning
    from mediation.messaging.models import Message


class Occasion(Protocol):
    """Who answers for the occasions of one kind."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the version of the present state of each, in one query or two.

        What was planned about an earlier version means nothing any more. To be cancelled is a state like another: what
        tells of it still goes out. One that is missing is over (past, deleted): nothing goes out about it.
        """
        ...

    def answer(self, *, uid: str, message: "Message", meaning: "Meaning", by: "Actor") -> str:
        """Do what the answer to ``message`` asks, plan the message that confirms it, and return it in a few words.

        Raises ValidationError, in words fit for the person, where it cannot be done any more.
        """
        ...


@dataclass
class Occasions:
    """Who answers for what, by the word before the colon."""

    paths: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, path: str) -> None:
        """Have ``path`` (a dotted name, read once models are loaded) answer for "name:<uid>"."""
        self.paths[name] = path

    def of(self, occasion: str) -> tuple[Occasion | None, str]:
        """Return who answers for an occasion, and its uid; nobody for what the ledger says of itself."""
        name, _, uid = occasion.partition(":")
        path = self.paths.get(name)
        return (import_string(path) if path else None), uid


OCCASIONS = Occasions()
