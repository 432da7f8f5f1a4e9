"""Messages that are due, and gateways in this process that do what a test says."""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.db import connections

from mediation.messaging import delivery, gateways
from mediation.messaging.delivery.round import Round
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.gateways import Receipt
from mediation.messaging.models import Attempt, Message
from mediation.messaging.wording import Words
from tests.cast import NOW, Cast, at

MOBILE = "+33639980001"


class Gate:
    """A gateway: each call takes the next answer, an exception to raise or a function to call; then all is accepted."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.answers: list[Any] = []
        self.found: list[Any] = []
        self.sent: list[gateways.Outgoing] = []
        self.asked: list[gateways.Outgoing] = []
        self.forgotten: list[str] = []

    def send(self, outgoing: gateways.Outgoing) -> Receipt:
        assert not any(one.connection for one in connections.all(initialized_only=True)), "A sender opened the database"
        self.sent.append(outgoing)
        return self._answer(self.answers, outgoing, Receipt(AttemptState.ACCEPTED, f"SM-{outgoing.reference}"[:64]))

    def find(self, outgoing: gateways.Outgoing, since: dt.datetime) -> Receipt | None:
        self.asked.append(outgoing)
        return self._answer(self.found, outgoing, None)

    def forget(self, provider_id: str) -> None:
        self._answer(self.answers, None, None)
        self.forgotten.append(provider_id)

    def _answer(self, answers: list[Any], outgoing: Any, usual: Any) -> Any:
        answer = answers.pop(0) if answers else usual
        answer = answer(outgoing) if callable(answer) else answer
        if isinstance(answer, Exception):
            raise answer
        return answer


@pytest.fixture(autouse=True)
def fresh_pace() -> Iterator[None]:
    """Let no test wait for what another one sent."""
    Round.pace = None
    yield
    Round.pace = None


@pytest.fixture
def gates(settings: Any, monkeypatch: pytest.MonkeyPatch) -> tuple[Gate, Gate]:
    """Two gateways for text messages, the first to be tried first; calls have none."""
    first, second = Gate("first"), Gate("second")
    for one in (first, second):
        monkeypatch.setitem(gateways.GATEWAYS, one.name, one)
    settings.SMS_GATEWAYS, settings.VOICE_GATEWAYS = ("first", "second"), ()
    return first, second


@pytest.fixture
def gate(gates: tuple[Gate, Gate], settings: Any) -> Gate:
    """The only gateway for text messages."""
    settings.SMS_GATEWAYS = ("first",)
    return gates[0]


@pytest.fixture
def due(cast: Cast, now: None) -> Callable[..., Message]:
    """Return a function that writes a message that is due, about something in two days."""
    made = []

    def _due(**changes: Any) -> Message:
        starts_at = changes.pop("starts_at", at(14, days=2))
        made.append(changes)
        medium = changes.pop("medium", Medium.SMS)
        attempt = {name: changes.pop(name) for name in ("state", "claimed_by", "parts") if name in changes}
        message = Message.objects.create(
            **{
                "organisation": cast.mairie,
                "beneficiary": cast.lucette,
                "occasion": f"test:{len(made)}",
                "version": 1,
                "kind": MessageKind.BOOKED,
                "recipient": MOBILE,
                "medium": medium,
                "body": "Rappel",
                "words": Words(starts_at=starts_at, place="médiathèque Empalot", reference="48210733").to_json(),
                "due_at": NOW,
                "useless_after": starts_at,
                **changes,
            }
        )
        Attempt.objects.create(message=message, medium=medium, state_at=NOW, **{"parts": 1, **attempt})
        return message

    return _due


def later(**duration: float) -> time_machine.travel:
    """Stop the clock that much after the cast's now."""
    return time_machine.travel(NOW + dt.timedelta(**duration), tick=False)


def pass_by(**duration: float) -> int:
    """Have the worker come by that much later; return how many attempts it made."""
    with later(**duration):
        delivery.tidy()
        return delivery.deliver_due()


def states(message: Message) -> list[tuple[str, str]]:
    """Return how each attempt went, and by which way."""
    return list(message.attempts.order_by("number").values_list("medium", "state"))


def last(message: Message) -> Attempt:
    return message.attempts.latest("number")
