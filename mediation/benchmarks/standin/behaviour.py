"""How the stand-in behaves: what it refuses, how long it takes, where it breaks off."""

import random
import threading
import time
from collections import deque
from dataclasses import dataclass
from enum import Enum


class Ending(Enum):
    """How a request ends."""

    ANSWERED = "answered"
    # Taken, and the sender never learns it.
    CUT = "cut"
    # Taken, and the sender is told of an error.
    FAILED = "failed"
    # Not taken, and the sender cannot tell it from CUT.
    LOST = "lost"


@dataclass(frozen=True)
class Refusal:
    """An answer that takes nothing: by the operator's code, after a pause where it wants us slower."""

    code: int
    status: int = 400
    retry_after: int | None = None


class Behaviour:
    """Set by a test, asked by every thread. Shares are drawn from one seeded generator, so a run can be repeated."""

    def __init__(self, seed: int = 0) -> None:
        self._lock = threading.Lock()
        self._random = random.Random(seed)  # noqa: S311 — repeatable, and no secret
        self.calm()

    def calm(self) -> None:
        """Behave from now on."""
        with self._lock:
            self._seconds = 0.0
            self._refusals: deque[Refusal] = deque()
            self._refused_numbers: dict[str, Refusal] = {}
            self._endings: deque[Ending] = deque()
            self._shares: dict[Ending, float] = {}

    def refuse(self, code: int, *, to: str = "", times: int = 1, status: int = 400) -> None:
        """Refuse the next ``times`` requests with the operator's ``code``, or all those to one number."""
        refusal = Refusal(code, status)
        with self._lock:
            if to:
                self._refused_numbers[to] = refusal
            else:
                self._refusals.extend([refusal] * times)

    def slow_down(self, *, times: int = 1, retry_after: int | None = 1) -> None:
        """Answer 429 to the next ``times`` requests."""
        with self._lock:
            self._refusals.extend([Refusal(20429, 429, retry_after)] * times)

    def delay(self, seconds: float) -> None:
        """Take that long for each request."""
        with self._lock:
            self._seconds = seconds

    def end(self, ending: str, *, times: int = 0, share: float = 0.0) -> None:
        """Let the next ``times`` requests, or a ``share`` of all, end otherwise than answered."""
        with self._lock:
            self._endings.extend([Ending(ending)] * times)
            self._shares[Ending(ending)] = share

    def wait(self) -> None:
        """Take as long as a request takes."""
        if self._seconds:
            time.sleep(self._seconds)

    def next_refusal(self, to: str) -> Refusal | None:
        """Return why a request for this number is refused, if it is."""
        with self._lock:
            if to in self._refused_numbers:
                return self._refused_numbers[to]
            return self._refusals.popleft() if self._refusals else None

    def next_ending(self) -> Ending:
        """Return how a request that is not refused ends."""
        with self._lock:
            if self._endings:
                return self._endings.popleft()
            drawn = self._random.random()
            for ending, share in self._shares.items():
                if drawn < share:
                    return ending
                drawn -= share
            return Ending.ANSWERED
