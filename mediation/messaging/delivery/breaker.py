"""Which gateways may be called: what one worker finds out, the others read from the row."""

import datetime as dt
import math
import time
from typing import Any

from django.utils import timezone

from mediation.messaging import gateways
from mediation.messaging.models import GatewayState

SHORTEST, LONGEST = dt.timedelta(seconds=15), dt.timedelta(minutes=5)
SLOW_DOWN = dt.timedelta(seconds=5)
# One message without an answer is bad luck; so many on end are a gateway that does not work.
UNANSWERED = 5
# How often a row is written to say that all is well.
NEWS_SECONDS = 5
LONGEST_PROBLEM = 200


class Breaker:
    """The states of all gateways, read once a batch.

    One that is down is left alone for a while, longer the longer it lasts, then tried with a single message.
    """

    def __init__(self) -> None:
        self.states: dict[str, GatewayState] = {}
        self.silent: dict[str, int] = {}
        self.said: dict[str, float] = {}

    def read(self) -> None:
        """Learn what other workers found out."""
        self.states = {state.name: state for state in GatewayState.objects.all()}

    def choose(self, medium: str, flying: dict[str, int]) -> gateways.Gateway | None:
        """Return the first gateway of the chain that may be called, ``flying`` being calls under way by gateway."""
        now = timezone.now()
        for gateway in gateways.chain(medium):
            state = self.states.get(gateway.name)
            if state is None or self._may_call(state, now, flying.get(gateway.name, 0)):
                return gateway
        return None

    def may_be_tried(self, name: str) -> bool:
        """Say whether nothing speaks against sending by a gateway that has just answered a question."""
        state = self.states.get(name)
        return state is None or self._may_call(state, timezone.now(), 0)

    def answered(self, name: str) -> None:
        """A gateway took a message, or refused one: it works."""
        self.silent[name] = 0
        state, now = self._state(name), time.monotonic()
        if state.down_since is not None:
            self._write(name, down_since=None, not_before=None, problem="", last_answer_at=timezone.now())
        elif now - self.said.get(name, -math.inf) >= NEWS_SECONDS:
            self.said[name] = now
            self._write(name, last_answer_at=timezone.now())

    def unanswered(self, name: str, problem: str) -> None:
        """A gateway broke off or failed while it was called: after a few of these nobody calls it for a while."""
        self.silent[name] = self.silent.get(name, 0) + 1
        if self.silent[name] >= UNANSWERED or self._state(name).down_since is not None:
            self.is_down(name, problem)

    def is_down(self, name: str, problem: str) -> None:
        """A gateway could not be reached, or works for nobody: leave it alone for a while."""
        now = timezone.now()
        since = self._state(name).down_since or now
        not_before = now + min(max((now - since) / 2, SHORTEST), LONGEST)
        self._write(name, down_since=since, not_before=not_before, problem=problem[:LONGEST_PROBLEM])

    def slow_down(self, name: str, retry_after: dt.timedelta | None) -> dt.datetime:
        """A gateway asks for patience: return when it may be called again."""
        now = timezone.now()
        not_before = now + (retry_after or SLOW_DOWN)
        self._write(name, not_before=not_before, last_answer_at=now)
        return not_before

    def _state(self, name: str) -> GatewayState:
        if name not in self.states:
            self.states[name], _is_new = GatewayState.objects.get_or_create(name=name)
        return self.states[name]

    def _write(self, name: str, **news: Any) -> None:
        """Write only what is new: the rest of our copy may be older than the row."""
        state = self._state(name)
        for column, value in news.items():
            setattr(state, column, value)
        state.save(update_fields=list(news))

    def _may_call(self, state: GatewayState, now: dt.datetime, flying: int) -> bool:
        if state.not_before is not None and state.not_before > now:
            return False
        return state.down_since is None or not flying
