"""What every gateway promises."""

from dataclasses import dataclass
from typing import Protocol

from mediation.messaging.enums import AttemptState


@dataclass(frozen=True)
class Outgoing:
    """One text for one recipient. ``reference`` is our own name for the attempt, for an operator's records.

    ``calendar`` is an invitation that goes with an e-mail.
    """

    reference: str
    medium: str
    recipient: str
    subject: str
    body: str
    calendar: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the gateway says became of it."""

    state: AttemptState
    provider_id: str = ""


class Refused(Exception):
    """The gateway took nothing. ``is_temporary`` says whether it is worth trying again later.

    Any other exception of a gateway means that nobody knows: such a message is never sent again blindly.
    """

    def __init__(self, problem: str, *, is_temporary: bool) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_temporary = is_temporary


class Gateway(Protocol):
    """A way out."""

    name: str

    def send(self, outgoing: Outgoing) -> Receipt:
        """Carry the text. Raises Refused where nothing was taken."""
        ...
