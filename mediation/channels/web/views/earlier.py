"""« Venir plus tôt » : ask for an earlier time, and answer what is offered. Without an answer nothing changes."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from helpdesk.services import answer_offer, wish_earlier, withdraw_wish
from mediation.accounts.actor import Actor, Door
from mediation.channels.attempts import CHANGES_FROM
from mediation.channels.web.access import HELD, held_here
from mediation.channels.web.holdings import Held
from mediation.channels.web.views.appointment import draw_sheet
from mediation.kernel.access import anyone, open_to
from mediation.kernel.limits import address_of
from mediation.kernel.views import too_often

BY = Actor(door=Door.WEB)


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask to be told of an earlier time, or no longer. The form carries a token of ours, as to cancel."""
    held = held_here(request)
    if held is None or not held.is_appointment or held.is_cancelled:
        return redirect("web:appointment")
    if request.method == "POST" and HELD.is_form_of(held.name, request.POST.get("token", "")):
        if wait := CHANGES_FROM.wait(address_of(request)):
            return too_often(request, wait=wait)
        CHANGES_FROM.count(address_of(request))
        try:
            _note(held, request.POST.get("wish", ""))
        except ValidationError as error:
            return draw_sheet(request, held, error)
        return redirect("web:appointment_sheet")
    return render(request, "web/appointment/earlier.html", {"held": held, "token": HELD.form_token(held.name)})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_POST
def answer(request: HttpRequest) -> HttpResponse:
    """Take the earlier time that is kept, or keep the appointment one has."""
    held = held_here(request)
    if held is None or held.offer is None:
        return redirect("web:appointment_sheet")
    if HELD.is_form_of(held.name, request.POST.get("token", "")):
        try:
            answer_offer(offer=held.offer, accepted=request.POST.get("answer") == "yes", by=BY)
        except ValidationError as error:
            return draw_sheet(request, held, error)
    return redirect("web:appointment_sheet")


def _note(held: Held, said: str) -> None:
    if said == "no" and held.wish:
        withdraw_wish(wish=held.wish, by=BY)
    elif said in {"here", "anywhere"}:
        wish_earlier(appointment=held.row, by=BY, anywhere=said == "anywhere")
