"""Limit attempts at short secrets, which are quickly tried out, bookings and calls of those who need no account."""

from collections.abc import Iterator

from django.http import HttpRequest

from mediation.channels.models import KioskDevice
from mediation.kernel.limits import Limit, address_of
from mediation.kernel.phones import to_e164

WINDOW_SECONDS = 15 * 60
PER_SECRET = 5
# A library's or an operator's visitors share one address, so it may fail more often than one reference.
PER_ADDRESS = 30

BOOKING_WINDOW_SECONDS = 3600
# A hostel shares one number, a library's computers one address.
BOOKINGS_PER_NUMBER = 8
BOOKINGS_PER_ADDRESS = 30
# Each one writes to the person.
MOVES_PER_APPOINTMENT = 5
# One screen serves a whole waiting room; each call is a person's time, and a family is called once.
CALL_BACKS_PER_KIOSK = 20
CALL_BACKS_PER_NUMBER = 3

BOOKINGS_FROM = Limit("bookings:address", BOOKINGS_PER_ADDRESS, BOOKING_WINDOW_SECONDS)
BOOKINGS_FOR = Limit("bookings:number", BOOKINGS_PER_NUMBER, BOOKING_WINDOW_SECONDS)
MOVES_OF = Limit("moves:appointment", MOVES_PER_APPOINTMENT, BOOKING_WINDOW_SECONDS)

CALL_BACKS_AT = Limit("call-backs:kiosk", CALL_BACKS_PER_KIOSK, BOOKING_WINDOW_SECONDS)
CALL_BACKS_FOR = Limit("call-backs:number", CALL_BACKS_PER_NUMBER, BOOKING_WINDOW_SECONDS)


def too_many(request: HttpRequest, *, door: str, secret: str) -> bool:
    """Say whether this visitor, or everybody together about ``secret``, has failed too often lately."""
    return any(limit.is_reached(who) for limit, who in _attempts(request, door, secret))


def note_failure(request: HttpRequest, *, door: str, secret: str) -> None:
    """Count one more failure."""
    for limit, who in _attempts(request, door, secret):
        limit.count(who)


def books_too_much(request: HttpRequest, *, phone: str) -> bool:
    """Say whether this visitor has lately taken more than people take, or had this number written to too often.

    Nobody signs in to book: without a limit one program could take every slot of the city, or use us to send
    messages to somebody who asked for none.
    """
    return any(limit.is_reached(who) for limit, who in _bookings(request, phone))


def note_booking(request: HttpRequest, *, phone: str) -> None:
    """Count one more booking."""
    for limit, who in _bookings(request, phone):
        limit.count(who)


def moves_too_much(request: HttpRequest, *, reference: str) -> bool:
    """Say whether this visitor takes more than people take, or this appointment has moved again and again lately."""
    return BOOKINGS_FROM.is_reached(address_of(request)) or MOVES_OF.is_reached(reference)


def note_move(request: HttpRequest, *, reference: str) -> None:
    """Count one more change of time."""
    BOOKINGS_FROM.count(address_of(request))
    MOVES_OF.count(reference)


def asks_for_calls_too_much(device: KioskDevice, *, phone: str) -> bool:
    """Say whether this screen has lately asked for more calls than people ask, or again and again for this number."""
    return any(limit.is_reached(who) for limit, who in _call_backs(device, phone))


def note_call_back(device: KioskDevice, *, phone: str) -> None:
    """Count one more call to make."""
    for limit, who in _call_backs(device, phone):
        limit.count(who)


def _call_backs(device: KioskDevice, phone: str) -> Iterator[tuple[Limit, str]]:
    yield CALL_BACKS_AT, str(device.pk)
    if e164 := to_e164(phone):
        yield CALL_BACKS_FOR, e164


def _bookings(request: HttpRequest, phone: str) -> Iterator[tuple[Limit, str]]:
    yield BOOKINGS_FROM, address_of(request)
    if e164 := to_e164(phone):
        yield BOOKINGS_FOR, e164


def _attempts(request: HttpRequest, door: str, secret: str) -> Iterator[tuple[Limit, str]]:
    # Keys of a cache hold no spaces; what is typed may be anything.
    digits = "".join(character for character in secret if character in "0123456789")[:16]
    yield Limit(f"attempts:{door}:secret", PER_SECRET, WINDOW_SECONDS), digits
    yield Limit(f"attempts:{door}:address", PER_ADDRESS, WINDOW_SECONDS), address_of(request)
