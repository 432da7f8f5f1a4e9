"""How often one number may call, book, try references and ask to be called: nobody proves who they are."""

from mediation.channels.attempts import (
    BOOKINGS_FOR,
    CALL_BACKS_FOR,
    MOVES_OF,
    PER_ADDRESS,
    PER_SECRET,
    WINDOW_SECONDS,
)
from mediation.channels.models import Call
from mediation.kernel.limits import Counter, Limit

DAY = 24 * 3600
# Those who hide their number are counted together: a city has some, a program that calls all night has thousands.
HIDDEN = "hidden"

CALLS_OF_NUMBER = Limit("voice:calls:number", 20, DAY)
CALLS_OF_HIDDEN = Limit("voice:calls:hidden", 300, DAY)
BOOKINGS_OF_NUMBER = Limit("voice:bookings:number", 6, DAY)
BOOKINGS_OF_HIDDEN = Limit("voice:bookings:hidden", 60, DAY)
FAILURES_ABOUT = Limit("attempts:voice:secret", PER_SECRET, WINDOW_SECONDS)
FAILURES_OF_NUMBER = Limit("attempts:voice:number", PER_SECRET, WINDOW_SECONDS)
FAILURES_OF_HIDDEN = Limit("attempts:voice:hidden", PER_ADDRESS, WINDOW_SECONDS)


def calls(call: Call) -> Counter:
    """Return the counter of the calls of this number today."""
    return Counter(((CALLS_OF_NUMBER, call.caller) if call.caller else (CALLS_OF_HIDDEN, HIDDEN),))


def bookings(call: Call) -> Counter:
    """Return the counter of what this number takes, here and by every door."""
    if not call.caller:
        return Counter(((BOOKINGS_OF_HIDDEN, HIDDEN),))
    return Counter(((BOOKINGS_FOR, call.caller), (BOOKINGS_OF_NUMBER, call.caller)))


def moves(reference: str) -> Counter:
    """Return the counter of an appointment's changes of time."""
    return Counter(((MOVES_OF, reference),))


def failures(call: Call, reference: str) -> Counter:
    """Return the counter of wrong references and codes: of this number, and of everybody about ``reference``."""
    caller = (FAILURES_OF_NUMBER, call.caller) if call.caller else (FAILURES_OF_HIDDEN, HIDDEN)
    return Counter(((FAILURES_ABOUT, reference), caller))


def call_backs(number: str) -> Counter:
    """Return the counter of the calls to make to this number."""
    return Counter(((CALL_BACKS_FOR, number),))
