"""What is done from the agenda: a free stretch becomes an appointment, an appointment goes to a free stretch."""

import datetime as dt
import uuid
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory import rules as people_rules
from helpdesk import rules, selectors, services
from helpdesk.models import Appointment, Reason
from helpdesk.selectors import Slot, Stretch
from helpdesk.views.shared import say_refusal
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.addresses import address_to_return_to


@require_safe
@open_to(people_rules.helps_people)
def place(request: HttpRequest) -> HttpResponse:
    """Choose what for and at what hour, within a free stretch; who comes is asked at Accueil, with the hour chosen."""
    stretch = _stretch(request.GET)
    if stretch is None:
        messages.error(request, _("Choisissez un temps libre dans l’agenda."))
        return redirect("helpdesk:agenda")
    reasons = list(
        Reason.objects.bookable_by(request.user).filter(opening_periods__mediator=stretch.mediator).distinct()
    )
    chosen = next((one for one in reasons if str(one.uid) == request.GET.get("motif")), None)
    chosen = chosen or next((one for one in reasons if one.is_any_need), next(iter(reasons), None))
    context = {
        "stretch": stretch,
        "reasons": reasons,
        "reason": chosen,
        "slots": selectors.starts_in(stretch, chosen) if chosen else [],
        "back": _agenda_address(request.GET, stretch.day),
    }
    return render(request, "helpdesk/agenda_place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(people_rules.helps_people)
def move_here(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Choose the hour within a free stretch and move an appointment there; it can be put back.

    An hour that is not offered is warned of, and taken all the same by the receiving team once it says why.
    """
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).for_pages(), uid=uid)
    said = request.POST if request.method == "POST" else request.GET
    stretch = _stretch(said)
    page = {"warnings": [], "slot": None, "why": said.get("raison", "").strip(), "why_not": ""}
    if request.method == "POST":
        try:
            page["slot"] = slot = _asked(said, stretch, appointment)
            page["warnings"] = _warnings(slot, appointment)
            page["why_not"] = _why_not(said) if page["warnings"] else ""
            if not page["warnings"] or (page["why"] and not page["why_not"]):
                return _move(request, appointment, slot, page["why"] if page["warnings"] else "")
        except ValidationError as refusal:
            say_refusal(request, refusal)
    if stretch is None:
        return redirect("helpdesk:move", uid=uid)
    context = {
        **page,
        "appointment": appointment,
        "stretch": stretch,
        "slots": selectors.starts_in(stretch, appointment.reason),
        "may_override": rules.receives(request.user, appointment),
        "back": _agenda_address(said, stretch.day),
        "said": said,
    }
    # The dialog that a drop opens shows the same, without the page around it.
    template = "helpdesk/_agenda_move.html" if request.htmx else "helpdesk/agenda_move.html"
    return render(request, template, context)


def _move(request: HttpRequest, appointment: Appointment, slot: Slot, why: str) -> HttpResponse:
    """Move, and return to the agenda on the day of the new time."""
    engagement = appointment.engagement
    before = Slot(engagement.starts_at, engagement.ends_at, engagement.mediator, appointment.site, appointment.reason)
    services.move(appointment=appointment, slot=slot, by=Actor.at_desk(request.user), override_reason=why)
    to_undo = {"deplace": appointment.uid.hex, "avant": before.token}
    if "remettre" in request.POST:
        messages.success(request, _("Rendez-vous remis à son horaire. La personne en sera prévenue."))
        to_undo = {}
        if back := address_to_return_to(request):
            return HttpResponseRedirect(back)
    return HttpResponseRedirect(_agenda_address(request.POST, timezone.localdate(slot.starts_at), **to_undo))


def _why_not(said: Any) -> str:
    """Return, in words, what is wrong with the reason; nothing while it has not been asked."""
    if "raison" not in said:
        return ""
    if not said["raison"].strip():
        return _("Dites pourquoi vous prenez cet horaire malgré l’avertissement.")
    try:
        services.refuse_why(said["raison"])
    except ValidationError as refusal:
        return " ".join(refusal.messages)
    return ""


def _warnings(slot: Slot, appointment: Appointment) -> list[Any]:
    """Return why a time is not offered; one that is offered needs no reason."""
    if selectors.is_offered(slot, ignoring=appointment.engagement):
        return []
    return selectors.warnings_for(slot, ignoring=appointment.engagement)


def _asked(said: Any, stretch: Stretch | None, appointment: Appointment) -> Slot:
    """Return the time that was chosen: one of those offered, or an hour that was typed."""
    if said.get("heure") and stretch and "slot" not in said:
        time: dt.time = forms.TimeField().clean(said["heure"])
        return stretch.slot_at(time, appointment.reason)
    return selectors.slot_from_token(said.get("slot", ""))


def _stretch(said: Any) -> Stretch | None:
    try:
        return selectors.stretch_from_token(said.get("temps", ""))
    except ValidationError:
        return None


def _agenda_address(said: Any, day: dt.date, **more: str) -> str:
    """Return the agenda one came from, on ``day``; what an address cannot mean is left to the agenda to ignore."""
    kept = {name: said[name] for name in ("qui", "vue") if said.get(name)}
    return f"{reverse('helpdesk:agenda')}?{urlencode({**kept, 'jour': day.isoformat(), **more})}"
