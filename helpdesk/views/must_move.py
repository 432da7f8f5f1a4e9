"""Appointments that cannot stay: because of an absence, a closure or a public holiday."""

import re
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from directory import rules as people_rules
from helpdesk import selectors, services
from helpdesk.models import Appointment
from helpdesk.services import Wanted
from helpdesk.views.shared import MOVED_TOGETHER, say_moved
from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.kernel.access import open_to
from mediation.kernel.addresses import address_to_return_to

PARTS = 3
VERSION = re.compile("[0-9]{1,9}")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(people_rules.helps_people)
def must_move(request: HttpRequest) -> HttpResponse:
    """List every appointment that must move, with a new time for each; move those that are ticked and tell people."""
    if request.method == "POST":
        results = services.move_and_tell(wanted=_wanted(request), by=Actor.at_desk(request.user))
        _say(request, results)
        return redirect(address_to_return_to(request) or "helpdesk:must_move")
    return render(request, "helpdesk/must_move.html", {"lines": selectors.must_move(user=request.user), "hidden": []})


@require_safe
@open_to(people_rules.helps_people)
def moved(request: HttpRequest) -> HttpResponse:
    """List what was moved together last, each with the touch that puts it back."""
    lines = selectors.moved_among(user=request.user, uids=request.session.get(MOVED_TOGETHER, []))
    return render(request, "helpdesk/moved.html", {"lines": lines})


def _wanted(request: HttpRequest) -> list[Wanted]:
    """Return what was ticked, as far as the user may see it."""
    ticked = [value.split(":", PARTS - 1) for value in request.POST.getlist("rendez_vous")]
    parts = {uid: (version, token) for uid, version, token in (one for one in ticked if len(one) == PARTS)}
    found = Appointment.objects.visible_to(request.user).for_pages().filter(uid__in=filter(_is_uuid, parts))
    return [wanted for one in found.order_by("engagement__starts_at", "pk") if (wanted := _read(one, parts))]


def _read(appointment: Appointment, parts: dict[str, tuple[str, str]]) -> Wanted | None:
    version, token = parts[appointment.uid.hex]
    try:
        slot = selectors.slot_from_token(token) if token else None
    except ValidationError:
        return None
    return Wanted(appointment, int(version) if VERSION.fullmatch(version) else 0, slot)


def _is_uuid(text: str) -> bool:
    try:
        return uuid.UUID(text).hex == text
    except ValueError:
        return False


def _say(request: HttpRequest, results: list[Any]) -> None:
    """Say how many were moved, whom to call, and which stayed and why."""
    moved = [result.appointment for result in results if result.moved]
    to_call = sum(len(result.to_call) for result in results)
    if not results:
        messages.warning(request, _("Rien n’a été déplacé : cochez au moins un rendez-vous."))
    if moved:
        words = ngettext("%(n)s rendez-vous déplacé.", "%(n)s rendez-vous déplacés.", len(moved))
        say_moved(request, messages.SUCCESS, words % {"n": len(moved)}, moved)
    if to_call:
        words = ngettext(
            "%(n)s personne à appeler : elle est dans la liste d’appels.",
            "%(n)s personnes à appeler : elles sont dans la liste d’appels.",
            to_call,
        )
        messages.warning(request, words % {"n": to_call})
    for result in results:
        if result.problem:
            names = ", ".join(str(one.beneficiary) for one in result.appointment.attendees.all())
            when = formats.moment(result.appointment.starts_at)
            messages.error(request, f"{names}, {when} : {result.problem}")
