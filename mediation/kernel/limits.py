"""Limit what somebody without account does too often; counted in the cache, so that all processes know of it."""

from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


@dataclass(frozen=True)
class Limit:
    """At most ``most`` times in ``seconds``, each ``who`` apart. Keys of a cache hold no spaces."""

    name: str
    most: int
    seconds: int

    def is_reached(self, who: str) -> bool:
        """Say whether it was done often enough."""
        return cache.get(self._key(who), 0) >= self.most

    def count(self, who: str) -> None:
        """Count once more."""
        # Not ``incr``: on a cache in the database it forgets the window and keeps Django's five minutes.
        cache.set(self._key(who), cache.get(self._key(who), 0) + 1, self.seconds)

    def _key(self, who: str) -> str:
        return f"{self.name}:{who}"


def address_of(request: HttpRequest) -> str:
    """Return the visitor's own address, not the proxy's."""
    return get_adapter().get_client_ip(request)
