"""The agenda of a mediator or a place, by day or by week."""

import datetime as dt
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from directory import rules as people_rules
from helpdesk import rules, selectors
from helpdesk.forms import WEEK, AgendaForm
from helpdesk.models import Appointment
from mediation.kernel.access import open_to
from sites.models import Site

SUNDAY = 6
# What the agenda is made of, each for who may open it.
LEADS = (
    (people_rules.is_mediator, _("Comptes rendus à faire"), "helpdesk:reports_to_do", "clipboard-list"),
    (people_rules.helps_people, _("Horaires plus tôt"), "helpdesk:wishes", "hourglass"),
    (people_rules.helps_people, _("Rendez-vous pris ailleurs"), "helpdesk:prescriptions", "send"),
    (rules.plans, _("Absences"), "helpdesk:absences", "user-x"),
    (rules.sets_hours, _("Plages d’ouverture"), "helpdesk:openings", "clock"),
    (rules.sets_hours, _("Dans mon téléphone"), "calendars:feeds", "smartphone"),
)


@require_safe
@open_to(people_rules.helps_people)
def agenda(request: HttpRequest) -> HttpResponse:
    """Show what is taken and what is free; with ``deplacer``, where one appointment may go."""
    form = AgendaForm(request.GET or None, user=request.user)
    who, day, is_week = form.chosen("qui"), form.chosen("jour"), form.chosen("vue") == WEEK
    first_day = day - dt.timedelta(days=day.weekday()) if is_week else day
    step = dt.timedelta(days=7 if is_week else 1)
    last_day = first_day + step - dt.timedelta(days=1)
    mediator, site = form.mediators.get(who), form.places.get(who)
    days = []
    if mediator or site:
        days = selectors.agenda(user=request.user, first_day=first_day, last_day=last_day, mediator=mediator, site=site)
    context = {
        "form": form,
        "actions": _actions(request),
        "who": mediator or site,
        "shown": who,
        "site": site,
        "is_week": is_week,
        "days": [one for one in days if one.day.weekday() != SUNDAY or one.entries or not is_week],
        "only_site": _only_site(days),
        "first_day": first_day,
        "last_day": last_day,
        "previous": (first_day - step).isoformat(),
        "next": (first_day + step).isoformat(),
        "moving": _named(request, "deplacer"),
        "moved": _moved(request),
        "must_move": selectors.count_must_move(user=request.user),
    }
    return render(request, "helpdesk/agenda.html", context)


def _only_site(days: list[selectors.AgendaDay]) -> Site | None:
    """Return the place where everything happens, so that it is said once; None where there are several."""
    sites = {entry.site for one in days for entry in one.entries if entry.site}
    return sites.pop() if len(sites) == 1 else None


def _actions(request: HttpRequest) -> list[dict[str, Any]]:
    return [
        {"label": label, "url": reverse(name), "tone": "quiet", "icon_name": icon}
        for may_open, label, name, icon in LEADS
        if may_open(request.user)
    ]


def _named(request: HttpRequest, name: str) -> Appointment | None:
    """Return the appointment that the address names, if the user may see it."""
    try:
        uid = uuid.UUID(request.GET.get(name, ""))
    except ValueError:
        return None
    return Appointment.objects.visible_to(request.user).for_pages().filter(uid=uid).first()


def _moved(request: HttpRequest) -> dict[str, Any] | None:
    """Return what was just moved, and the time to put it back to."""
    appointment = _named(request, "deplace")
    try:
        before = selectors.slot_from_token(request.GET.get("avant", ""))
    except ValidationError:
        return None
    if appointment is None or appointment.is_cancelled or before.starts_at <= timezone.now():
        return None
    return {"appointment": appointment, "before": before}
