"""Limit attempts at short secrets, which are quickly tried out, bookings and calls of those who need no account."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.http import HttpRequest

from mediation.channels.models import KioskDevice
from mediation.kernel.limits import IN_MEMORY, Counter, Limit, address_of
from mediation.kernel.phones import to_e164

if TYPE_CHECKING:
    from mediation.kernel.forms import DecoyForm

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
# To cancel or to wish for an earlier time writes to nobody else: a centre's visitors do so all day.
CHANGES_FROM = Limit("changes:address", 2 * BOOKINGS_PER_ADDRESS, BOOKING_WINDOW_SECONDS)
MOVES_OF = Limit("moves:appointment", MOVES_PER_APPOINTMENT, BOOKING_WINDOW_SECONDS)

# Pages that search: a reading room of sixty people who open one every quarter of a minute asks for 1,200 in five
# minutes, and reads what it asked for; a program that copies the city's calendar asks for thousands.
SEARCHES = Limit("searches:address", 1200, 300, counted_in=IN_MEMORY)
# What is typed to search (an address) may ask another service, which has its own patience.
ADDRESS_SEARCHES = Limit("address-searches:address", 120, 300, counted_in=IN_MEMORY)
# A mistake on a page is reported once; a class of school children plays with the button.
ERROR_REPORTS_FROM = Limit("error-reports:address", 20, BOOKING_WINDOW_SECONDS)

CALL_BACKS_AT = Limit("call-backs:kiosk", CALL_BACKS_PER_KIOSK, BOOKING_WINDOW_SECONDS)
CALL_BACKS_FOR = Limit("call-backs:number", CALL_BACKS_PER_NUMBER, BOOKING_WINDOW_SECONDS)


def secrets(request: HttpRequest, *, door: str, secret: str) -> Counter:
    """Return the counter of failures: of this visitor, and of everybody about ``secret``."""
    # "48 21 07 33" and "48210733" are one.
    digits = "".join(character for character in secret if character in "0123456789")[:16]
    return Counter(
        (
            (Limit(f"attempts:{door}:secret", PER_SECRET, WINDOW_SECONDS), digits),
            (Limit(f"attempts:{door}:address", PER_ADDRESS, WINDOW_SECONDS), address_of(request)),
        )
    )


def bookings(request: HttpRequest, *, phone: str) -> Counter:
    """Return the counter of what this visitor takes, and of how often this number is written to.

    Nobody signs in to book: without a limit one program could take every slot of the city, or use us to send
    messages to somebody who asked for none.
    """
    return Counter(((BOOKINGS_FROM, address_of(request)), *of_number(BOOKINGS_FOR, phone)))


def moves(request: HttpRequest, *, reference: str) -> Counter:
    """Return the counter of the changes of time of this visitor, and of this appointment."""
    return Counter(((BOOKINGS_FROM, address_of(request)), (MOVES_OF, reference)))


def call_backs(device: KioskDevice, *, phone: str) -> Counter:
    """Return the counter of the calls that this screen, and this number, asked for."""
    return Counter(((CALL_BACKS_AT, str(device.pk)), *of_number(CALL_BACKS_FOR, phone)))


def of_number(limit: Limit, phone: str) -> Iterator[tuple[Limit, str]]:
    """Yield what counts for the number, if somebody typed one."""
    if e164 := to_e164(phone):
        yield limit, e164


def after_decoy(form: "DecoyForm") -> int:
    """Return the seconds to wait where a program filled in what people do not see; else 0.

    It is told the same as whoever came too often: somebody taken for a program wrongly learns whom to call.
    """
    return WINDOW_SECONDS if form.is_by_a_program else 0
