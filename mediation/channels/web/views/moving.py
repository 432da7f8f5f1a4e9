"""« Changer l’horaire » : another time for the same appointment, as one books it: place, time, confirm, done."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from helpdesk.models import Appointment
from helpdesk.selectors import Slot, slot_from_token
from helpdesk.services import SlotTaken, move, why_not_moved_alone
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.web.access import HELD, held_here
from mediation.channels.web.forms import AnswersForm
from mediation.channels.web.holdings import Held
from mediation.channels.web.selectors import instead_of, offered_places, times
from mediation.channels.web.selectors.times import nearest_first
from mediation.channels.web.told import message_in_words
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import limited, too_often

BY = Actor(door=Door.WEB)


def with_movable(view: Callable[[HttpRequest, Held], HttpResponse]) -> Callable[..., Any]:
    """Give a view the appointment of this browser; where it cannot move, say why and whom to call."""

    @wraps(view)
    def wrapper(request: HttpRequest) -> HttpResponse:
        held = held_here(request)
        if held is None:
            return redirect("web:appointment")
        if not held.is_appointment or held.is_cancelled:
            return redirect("web:appointment_sheet")
        if problem := why_not_moved_alone(held.row):
            return render(request, "web/appointment/move_refused.html", {"held": held, "problem": problem})
        return view(request, held)

    return wrapper


@open_to(anyone)
@never_cache
@require_safe
@limited(attempts.SEARCHES)
@with_movable
def time(request: HttpRequest, held: Held) -> HttpResponse:
    """Which other time? At the same place unless another was chosen."""
    return _ask_time(request, held)


@open_to(anyone)
@never_cache
@require_safe
@limited(attempts.SEARCHES)
@with_movable
def place(request: HttpRequest, held: Held) -> HttpResponse:
    """At which other place?"""
    others = [slot for slot in offered_places(held.row.reason) if slot.site != held.site]
    here = None if held.site.latitude is None else (held.site.latitude, held.site.longitude)
    places = [slot for slot, _kilometres in nearest_first(others, here)]
    return render(request, "web/appointment/move_place.html", {"held": held, "slots": places})


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_movable
def confirm(request: HttpRequest, held: Held) -> HttpResponse:
    """From which time to which? Then the appointment moves. The form carries a token of ours, as to cancel."""
    try:
        slot = slot_from_token((request.POST or request.GET).get("slot", ""))
    except ValidationError:
        return redirect("web:appointment_move")
    if _is_at(held.row, slot):
        return redirect("web:appointment_moved")
    if slot.reason != held.row.reason:
        return redirect("web:appointment_move")
    if request.method == "POST" and HELD.is_form_of(held.name, request.POST.get("token", "")):
        return _move(request, held, slot)
    return _ask_to_confirm(request, held, slot, instead_of(slot))


@open_to(anyone)
@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What to keep: the new time; the reference and the code are the same."""
    held = held_here(request)
    if held is None or not held.is_appointment or held.is_cancelled:
        return redirect("web:appointment_sheet")
    context = {"held": held, "message": message_in_words(held)}
    return render(request, "web/appointment/moved.html", context)


def _is_at(appointment: Appointment, slot: Slot) -> bool:
    """Say whether the appointment is at this time already: sent twice, or the browser's back button."""
    return (appointment.starts_at, appointment.mediator, appointment.site) == (slot.starts_at, slot.mediator, slot.site)


def _move(request: HttpRequest, held: Held, slot: Slot) -> HttpResponse:
    moves = attempts.moves(request, reference=held.row.reference)
    if wait := moves.wait():
        return too_often(request, wait=wait)
    try:
        move(appointment=held.row, slot=slot, by=BY)
    except SlotTaken as taken:
        return _ask_to_confirm(request, held, slot, taken.next_slots)
    except ValidationError as error:
        return _ask_time(request, held, problem=" ".join(error.messages))
    moves.count()
    return redirect("web:appointment_moved")


def _ask_time(request: HttpRequest, held: Held, *, problem: str = "") -> HttpResponse:
    answers = AnswersForm(request.GET)
    site = answers.site or held.site
    context = {
        "held": held,
        "site": site,
        "answers": answers,
        "times": times(held.row.reason, site, None, answers.first_day),
        "problem": problem,
    }
    return render(request, "web/appointment/move.html", context)


def _ask_to_confirm(request: HttpRequest, held: Held, slot: Slot, next_slots: list[Slot] | None) -> HttpResponse:
    context = {"held": held, "slot": slot, "next_slots": next_slots, "token": HELD.form_token(held.name)}
    return render(request, "web/appointment/move_confirm.html", context)
