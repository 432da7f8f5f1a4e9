"""What messages speak of: each app above names, in ``AppConfig.ready``, who answers for its own occasions.

The ledger knows an occasion by its name, "appointment:<uid>". Before a message leaves it asks whether that state still
stands; when somebody replies it hands the answer over. It never learns what an appointment is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.module_loading import import_string

from mediation.accounts.actor import Actor
from mediation.messaging.enums import Meaning
from mediation.messaging.models import Message


class Occasion(Protocol):
    """Who answers for the occasions of one kind."""

    def versions(self, uids: Collection[str]) -> Mapping[str, int]:
        """Return the version of the present state of each that still stands, in one query or two.

        One that is missing is over (cancelled, past, deleted): what was planned about it means nothing any more.
        """
        ...

    def answer(self, *, uid: str, message: Message, meaning: Meaning, by: Actor) -> str:
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
