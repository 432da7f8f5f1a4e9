"""How often one screen, or one number, may ask for the same thing."""

from mediation.channels.attempts import BOOKINGS_FOR, of_number
from mediation.channels.models import KioskDevice
from mediation.kernel.limits import Counter, Limit

# A family or a group checks in together; four digits take ten thousand attempts.
ARRIVALS_AT = Limit("arrivals:kiosk", 60, 15 * 60)
ARRIVALS_OF = Limit("arrivals:reference", 5, 15 * 60)
# One screen serves a whole waiting room, one person a minute at most.
BOOKINGS_AT = Limit("bookings:kiosk", 60, 3600)
# On a crowded morning two people a minute; a child plays with the key faster.
TICKETS_AT = Limit("tickets:kiosk", 120, 3600)
# A text message costs money, and whoever gets it may not be the one who stands there.
TEXTS_AT = Limit("ticket-texts:kiosk", 60, 3600)
TEXTS_FOR = Limit("ticket-texts:number", 3, 3600)


def arrivals(device: KioskDevice, *, reference: str) -> Counter:
    """Return the counter of attempts to tell an arrival, right or wrong.

    Counted before anybody knows which it is, so that being refused says nothing of the digits.
    """
    return Counter(((ARRIVALS_AT, str(device.pk)), (ARRIVALS_OF, reference)))


def bookings(device: KioskDevice, *, phone: str) -> Counter:
    """Return the counter of what this screen books, and of how often this number is written to."""
    return Counter(((BOOKINGS_AT, str(device.pk)), *of_number(BOOKINGS_FOR, phone)))


def texts(device: KioskDevice, *, phone: str) -> Counter:
    """Return the counter of the tickets that this screen, and this number, had sent as text messages."""
    return Counter(((TEXTS_AT, str(device.pk)), *of_number(TEXTS_FOR, phone)))
