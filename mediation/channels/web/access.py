"""Which appointment or registration a resident's browser may see."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse

from helpdesk.models import HelpRequest
from mediation.channels.grants import Grant
from mediation.channels.web.holdings import Held, held_by_name

ONE_HOUR = 3600
# For the whole site: the same page has an address in each language.
HELD = Grant(cookie="rendez-vous", path="/", seconds=ONE_HOUR)
ASKED = Grant(cookie="rappel", path="/", seconds=ONE_HOUR)


def forget_visitor(response: HttpResponse) -> HttpResponse:
    """Leave nothing of this visitor in the browser, whatever they came for."""
    for grant in (HELD, ASKED):
        grant.take_back(response)
    return response


def held_here(request: HttpRequest) -> Held | None:
    """Return what was booked in this browser, or what its reference and code were typed for."""
    return held_by_name(HELD.read(request))


def asked_here(request: HttpRequest) -> HelpRequest | None:
    """Return the request for a call made in this browser, or whose number and code were typed."""
    name = ASKED.read(request)
    return HelpRequest.objects.for_pages().filter(uid=UUID(name)).first() if name else None
