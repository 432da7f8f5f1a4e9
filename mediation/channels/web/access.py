"""Which appointment or registration a resident's browser may see."""

from django.http import HttpRequest

from mediation.channels.grants import Grant
from mediation.channels.web.holdings import Held, held_by_name

ONE_HOUR = 3600
HELD = Grant(cookie="rendez-vous", path="/", seconds=ONE_HOUR)


def held_here(request: HttpRequest) -> Held | None:
    """Return what was booked in this browser, or what its reference and code were typed for."""
    return held_by_name(HELD.read(request))
