"""« J’ai déjà un rendez-vous »: see it, keep it, give it back."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.selectors import find_request
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.web.access import ASKED, HELD, held_here
from mediation.channels.web.exports import calendar_of
from mediation.channels.web.forms import FindForm
from mediation.channels.web.holdings import find_held, give_back
from mediation.kernel.access import anyone, open_to

DOOR = "web"


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for the reference and the code. Whoever knows them needs nobody's rights: no CSRF token, so no cookie."""
    form = FindForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "web/appointment/find.html", {"form": form})
    reference = form.cleaned_data["reference"]
    if attempts.too_many(request, door=DOOR, secret=reference):
        return render(request, "web/appointment/too_many.html", status=429)
    held = find_held(reference, form.cleaned_data["secret"])
    if held is None and (asked := find_request(reference, form.cleaned_data["secret"])):
        response = redirect("web:call_back_done")
        ASKED.give(response, asked.uid.hex)
        return response
    if held is None:
        attempts.note_failure(request, door=DOOR, secret=reference)
        form.add_error(None, _("Nous ne trouvons pas ce rendez-vous. Vérifiez la référence et le code."))
        return render(request, "web/appointment/find.html", {"form": form})
    response = redirect("web:appointment_sheet")
    HELD.give(response, held.name)
    return response


@open_to(anyone)
@never_cache
@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """What is held, and what can be done with it."""
    held = held_here(request)
    if held is None:
        return redirect("web:appointment")
    return render(request, "web/appointment/sheet.html", {"held": held, "token": HELD.form_token(held.name)})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest) -> HttpResponse:
    """Give it back. The form carries a token of ours, so that no other site can send it."""
    held = held_here(request)
    if held is None:
        return redirect("web:appointment")
    if request.method == "POST" and HELD.is_form_of(held.name, request.POST.get("token", "")):
        try:
            give_back(held, by=Actor(door=Door.WEB))
        except ValidationError as error:
            context = {"held": held, "problem": " ".join(error.messages)}
            return render(request, "web/appointment/sheet.html", context)
        return redirect("web:appointment_sheet")
    return render(request, "web/appointment/cancel.html", {"held": held, "token": HELD.form_token(held.name)})


@open_to(anyone)
@never_cache
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """The same for the calendar of a telephone or a computer."""
    held = held_here(request)
    if held is None:
        return redirect("web:appointment")
    response = HttpResponse(calendar_of(held), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="rendez-vous.ics"'
    return response


@open_to(anyone)
@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forget it on this device."""
    response = redirect("web:home")
    HELD.take_back(response)
    return response
