"""What several pages do alike."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from helpdesk.models import Appointment


def address_to_return_to(request: HttpRequest) -> str:
    """Return the page the gesture was made on (``next``), or nothing where it is not one of ours."""
    back = request.POST.get("next", "")
    return back if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}) else ""


def come_back(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Return to the page the gesture was made on (``next``), else to the appointment."""
    back = address_to_return_to(request)
    return HttpResponseRedirect(back) if back else redirect("helpdesk:appointment", uid=appointment.uid)


def say_refusal(request: HttpRequest, error: ValidationError) -> None:
    """Show why a service refused."""
    messages.error(request, " ".join(error.messages))
