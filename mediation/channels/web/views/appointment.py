"""« J’ai déjà un rendez-vous »: see it, keep it, give it back."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk.selectors import find_request
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.attempts import CHANGES_FROM
from mediation.channels.web.access import ASKED, HELD, forget_visitor, held_here
from mediation.channels.web.exports import calendar_of
from mediation.channels.web.forms import FindForm
from mediation.channels.web.holdings import Held, find_held, give_back
from mediation.kernel.access import anyone, open_to
from mediation.kernel.limits import address_of
from mediation.kernel.views import too_often
from workshops.services import accept_offer

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
    failures = attempts.secrets(request, door=DOOR, secret=reference)
    if wait := failures.wait():
        return too_often(request, wait=wait, what=_("Trop d’essais avec des chiffres qui ne correspondent pas."))
    held = find_held(reference, form.cleaned_data["secret"])
    if held is None and (asked := find_request(reference, form.cleaned_data["secret"])):
        response = redirect("web:call_back_done")
        ASKED.give(response, asked.uid.hex)
        return response
    if held is None:
        failures.count()
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
    response = draw_sheet(request, held)
    if held.is_cancelled:
        # Nothing more is shown with it, and the next visitor of a shared screen need not read it.
        HELD.take_back(response)
    return response


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
        if wait := CHANGES_FROM.wait(address_of(request)):
            return too_often(request, wait=wait)
        CHANGES_FROM.count(address_of(request))
        try:
            give_back(held, by=Actor(door=Door.WEB))
        except ValidationError as error:
            return draw_sheet(request, held, error)
        return redirect("web:appointment_sheet")
    return render(request, "web/appointment/cancel.html", {"held": held, "token": HELD.form_token(held.name)})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_POST
def take_seat(request: HttpRequest) -> HttpResponse:
    """Take the seat that is kept in a workshop, as the answer to its message does."""
    held = held_here(request)
    if held is None or not held.is_seat_kept:
        return redirect("web:appointment_sheet")
    if HELD.is_form_of(held.name, request.POST.get("token", "")):
        try:
            accept_offer(registration=held.row, by=Actor(door=Door.WEB))
        except ValidationError:
            # The list has moved on since the sheet was read: the service says so of "this person".
            lost = ValidationError(_("Cette place n’est plus gardée pour vous. Appelez-nous."))
            return draw_sheet(request, held_here(request) or held, lost)
    return redirect("web:appointment_sheet")


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
    return forget_visitor(redirect("web:home"))


def draw_sheet(request: HttpRequest, held: Held, refusal: ValidationError | None = None) -> HttpResponse:
    """Draw what is held, with why something was refused. Its forms carry a token of ours."""
    problem = " ".join(refusal.messages) if refusal else ""
    context = {"held": held, "token": HELD.form_token(held.name), "problem": problem}
    return render(request, "web/appointment/sheet.html", context)
