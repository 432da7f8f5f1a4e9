"""What several pages do alike."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from directory.rules import helps_people, is_administrator
from helpdesk.models import Appointment
from mediation.kernel.addresses import address_to_return_to

# What was moved together last, kept for as long as the agent is signed in: too many for an address.
MOVED_TOGETHER = "moved_together"


def come_back(request: HttpRequest, appointment: Appointment) -> HttpResponse:
    """Return to the page the gesture was made on (``next``), else to the appointment."""
    back = address_to_return_to(request)
    return HttpResponseRedirect(back) if back else redirect("helpdesk:appointment", uid=appointment.uid)


def say_refusal(request: HttpRequest, error: ValidationError) -> None:
    """Show why a service refused."""
    messages.error(request, " ".join(error.messages))


def say_moved(request: HttpRequest, level: int, words: str, appointments: Iterable[Appointment]) -> None:
    """Say what was moved, with the way to the list where each can be put back."""
    request.session[MOVED_TOGETHER] = [appointment.uid.hex for appointment in appointments]
    leads = format_html('<a href="{}">{}</a>', reverse("helpdesk:moved"), _("Les voir, ou en remettre un"))
    messages.add_message(request, level, format_html("{} {}", words, leads))


def way_back(request: HttpRequest) -> dict[str, Any]:
    """Return where the pages of hours hang from: the administrator's settings, everybody else's agenda."""
    if is_administrator(request.user) and not helps_people(request.user):
        return {"back_url": reverse("desk:settings"), "back_label": _("Réglages")}
    return {"back_url": reverse("helpdesk:agenda"), "back_label": _("Agenda")}
