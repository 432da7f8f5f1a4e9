"""How often residents may take or reserve computers, and try the digits of a ticket, without account."""

from django.http import HttpRequest

from mediation.channels.models import KioskDevice
from mediation.kernel.limits import Counter, Limit, address_of

AN_HOUR, A_QUARTER = 3600, 15 * 60
# Each place also limits what is reserved a day (Site.daily_reservations); a centre's visitors share one address.
RESERVED_FROM = Limit("computers:address", 12, AN_HOUR)
# One screen serves everybody who comes in.
RESERVED_AT = Limit("computers:kiosk", 60, AN_HOUR)
TICKETS_AT = Limit("computer-tickets:kiosk", 30, A_QUARTER)
TICKETS_OF = Limit("computer-tickets:reference", 5, A_QUARTER)


def reserved(request: HttpRequest) -> Counter:
    """Return the counter of the computers that this visitor reserves."""
    return Counter(((RESERVED_FROM, address_of(request)),))


def taken(device: KioskDevice) -> Counter:
    """Return the counter of the computers that this screen gives out."""
    return Counter(((RESERVED_AT, str(device.pk)),))


def wrong_tickets(device: KioskDevice, *, reference: str) -> Counter:
    """Return the counter of the digits that were guessed: at this screen, and of one ticket."""
    return Counter(((TICKETS_AT, str(device.pk)), (TICKETS_OF, reference)))
