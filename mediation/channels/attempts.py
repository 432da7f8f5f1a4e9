"""Limit attempts at short secrets: four digits are quickly tried out."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 15 * 60
PER_SECRET = 5
# A library's or an operator's visitors share one address, so it may fail more often than one reference.
PER_ADDRESS = 30


def too_many(request: HttpRequest, *, door: str, secret: str) -> bool:
    """Say whether this visitor, or everybody together about ``secret``, has failed too often lately."""
    return any(cache.get(key, 0) >= limit for key, limit in _counters(request, door, secret))


def note_failure(request: HttpRequest, *, door: str, secret: str) -> None:
    """Count one more failure."""
    for key, _limit in _counters(request, door, secret):
        cache.add(key, 0, WINDOW_SECONDS)
        cache.incr(key)


def _counters(request: HttpRequest, door: str, secret: str) -> tuple[tuple[str, int], ...]:
    # Keys of a cache hold no spaces; what is typed may be anything.
    digits = "".join(character for character in secret if character in "0123456789")[:16]
    address = get_adapter().get_client_ip(request)
    return (
        (f"attempts:{door}:secret:{digits}", PER_SECRET),
        (f"attempts:{door}:address:{address}", PER_ADDRESS),
    )
