"""Who calls from a kiosk, for the desk beside it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from directory.rules import helps_people
from mediation.accounts.actor import Actor
from mediation.channels.kiosk import selectors, services
from mediation.channels.models import CallForHelp
from mediation.kernel.access import open_to


@open_to(helps_people)
@never_cache
@require_safe
def open_calls(request: HttpRequest) -> HttpResponse:
    """The calls that wait, as a fragment that the desk's page asks for again and again."""
    return _show(request)


@open_to(helps_people)
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody goes there."""
    call = get_object_or_404(CallForHelp.objects.visible_to(request.user), pk=pk)
    services.answer_call(call=call, by=Actor.at_desk(request.user))
    return _show(request) if request.htmx else redirect("desk:front_desk")


def _show(request: HttpRequest) -> HttpResponse:
    return render(request, "kiosk/_calls.html", {"calls": selectors.open_calls(request.user)})
