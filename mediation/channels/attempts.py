"""Limit attempts at short secrets, which are quickly tried out, and bookings of those who need no account."""

from collections.abc import Iterator

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

from mediation.kernel.phones import to_e164

WINDOW_SECONDS = 15 * 60
PER_SECRET = 5
# A library's or an operator's visitors share one address, so it may fail more often than one reference.
PER_ADDRESS = 30

BOOKING_WINDOW_SECONDS = 3600
# A hostel shares one number, a library's computers one address.
BOOKINGS_PER_NUMBER = 8
BOOKINGS_PER_ADDRESS = 30


def too_many(request: HttpRequest, *, door: str, secret: str) -> bool:
    """Say whether this visitor, or everybody together about ``secret``, has failed too often lately."""
    return any(cache.get(key, 0) >= limit for key, limit in _counters(request, door, secret))


def note_failure(request: HttpRequest, *, door: str, secret: str) -> None:
    """Count one more failure."""
    for key, _limit in _counters(request, door, secret):
        _count(key, WINDOW_SECONDS)


def books_too_much(request: HttpRequest, *, phone: str) -> bool:
    """Say whether this visitor has lately taken more than people take, or had this number written to too often.

    Nobody signs in to book: without a limit one program could take every slot of the city, or use us to send
    messages to somebody who asked for none.
    """
    return any(cache.get(key, 0) >= limit for key, limit in _bookings(request, phone))


def note_booking(request: HttpRequest, *, phone: str) -> None:
    """Count one more booking."""
    for key, _limit in _bookings(request, phone):
        _count(key, BOOKING_WINDOW_SECONDS)


def _count(key: str, seconds: int) -> None:
    # Not ``incr``: on a cache in the database it forgets the window and keeps Django's five minutes.
    cache.set(key, cache.get(key, 0) + 1, seconds)


def _bookings(request: HttpRequest, phone: str) -> Iterator[tuple[str, int]]:
    yield f"bookings:address:{get_adapter().get_client_ip(request)}", BOOKINGS_PER_ADDRESS
    if e164 := to_e164(phone):
        yield f"bookings:number:{e164}", BOOKINGS_PER_NUMBER


def _counters(request: HttpRequest, door: str, secret: str) -> tuple[tuple[str, int], ...]:
    # Keys of a cache hold no spaces; what is typed may be anything.
    digits = "".join(character for character in secret if character in "0123456789")[:16]
    address = get_adapter().get_client_ip(request)
    return (
        (f"attempts:{door}:secret:{digits}", PER_SECRET),
        (f"attempts:{door}:address:{address}", PER_ADDRESS),
    )
