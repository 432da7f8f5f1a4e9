"""What every gateway promises. docs/gateways.md tells it to whoever writes another one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Protocol

from mediation.messaging.enums import AttemptState, Trouble


@dataclass(frozen=True)
class Outgoing:
    """One text for one recipient.

    ``reference`` is our own name for the attempt: it stands in the path that the operator calls back.
    ``calendar`` is an invitation that goes with an e-mail. After ``valid_for`` the text is of no use any more: an
    operator that can, stops trying. ``asks`` is the question the text puts, so that a call knows to wait for a key;
    ``names`` are the places in it, French in whatever language it is.
    """

    reference: str
    medium: str
    recipient: str
    subject: str
    body: str
    calendar: str = ""
    language: str = "fr"
    valid_for: timedelta | None = None
    asks: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Receipt:
    """What the gateway says became of it. ``cost`` is in euros; both stay empty until the operator has told them."""

    state: AttemptState
    provider_id: str = ""
    parts: int | None = None
    cost: Decimal | None = None


class Refused(Exception):
    """The gateway took nothing. ``is_temporary`` says whether it is worth trying again, ``trouble`` what a human does.

    Any other exception of a gateway means that nobody knows: such a message is never sent again blindly.
    """

    def __init__(
        self,
        problem: str,
        *,
        is_temporary: bool,
        trouble: Trouble = Trouble.OTHER,
        retry_after: timedelta | None = None,
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        self.is_temporary = is_temporary
        self.trouble = trouble
        self.retry_after = retry_after


class Down(Refused):
    """The gateway could not be reached at all, so it took nothing: the next one of the chain may carry the text."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem, is_temporary=True, trouble=Trouble.DOWN)


class Gateway(Protocol):
    """A way out. It runs in several threads at once and never touches the database."""

    name: str

    def send(self, outgoing: Outgoing) -> Receipt:
        """Carry the text. Raises Refused where nothing was taken."""
        ...

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Say whether the text was taken at or after ``since``. Raises Down where the gateway cannot tell."""
        ...

    def forget(self, provider_id: str) -> None:
        """Have the operator erase the text. Raises Refused or Down where it did not."""
        ...
