"""Limit what somebody without account does too often."""

import time
from dataclasses import dataclass, field

from allauth.account.adapter import get_adapter
from django.core.cache import BaseCache, cache
from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# For what is only read, by many: counting it in the database would cost more than what it spares. Each process counts
# for itself, so that together they allow as many times more as there are processes.
IN_MEMORY = LocMemCache("limits", {"MAX_ENTRIES": 10_000})


@dataclass(frozen=True)
class Limit:
    """At most ``most`` times in ``seconds`` from the first time on, each ``who`` apart.

    Counted in the database, so that all processes know of it, unless ``counted_in`` says otherwise.
    """

    name: str
    most: int
    seconds: int
    counted_in: BaseCache = field(default_factory=lambda: cache)

    def wait(self, who: str) -> int:
        """Return in how many seconds it may be done again; 0 where it may be done now."""
        times, ends_at = self._state(who)
        return max(1, round(ends_at - time.time())) if times >= self.most else 0

    def is_reached(self, who: str) -> bool:
        """Say whether it was done often enough."""
        return self.wait(who) > 0

    def count(self, who: str) -> None:
        """Count once more."""
        # Not ``incr``: on a cache in the database it forgets the window and keeps Django's five minutes.
        times, ends_at = self._state(who)
        self.counted_in.set(self._key(who), (times + 1, ends_at), max(1, round(ends_at - time.time())))

    def _state(self, who: str) -> tuple[int, float]:
        """Return how often it was done, and when that is forgotten."""
        times, ends_at = self.counted_in.get(self._key(who)) or (0, 0.0)
        now = time.time()
        return (times, ends_at) if ends_at > now else (0, now + self.seconds)

    def _key(self, who: str) -> str:
        """Return the name of the counter, which tells nobody whose address or number it is."""
        return f"{self.name}:{salted_hmac(self.name, who).hexdigest()}"


@dataclass(frozen=True)
class Counter:
    """One act, under every limit that holds for it: of whoever asks, of the number, of the reference."""

    counted: tuple[tuple[Limit, str], ...]

    def wait(self) -> int:
        """Return in how many seconds it may be done again; 0 where it may be done now."""
        return max(limit.wait(who) for limit, who in self.counted)

    def is_reached(self) -> bool:
        """Say whether it was done often enough."""
        return self.wait() > 0

    def count(self) -> None:
        """Count once more, under each of them."""
        for limit, who in self.counted:
            limit.count(who)


def address_of(request: HttpRequest) -> str:
    """Return the visitor's own address, not the proxy's."""
    return get_adapter().get_client_ip(request)
