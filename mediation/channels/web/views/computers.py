"""A computer for later, without account: what for, where, when, who, done. One question per page.

Whoever is there needs no page: the kiosk and the desk give computers out at once. As for appointments, no cookie is
set before the reservation exists, and so the form has no CSRF token.
"""

import datetime as dt
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels import computer_limits as limits
from mediation.channels.computer_forms import WISHES, ReserverForm, WishForm, wish_words
from mediation.channels.web.access import HELD, held_here
from mediation.channels.web.computers import Choice, places_near
from mediation.channels.web.holdings import held_reservation
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import limited, too_often
from sites import services
from sites.sessions import Session, offer_at

PLACES_SHOWN = 12
ADDRESS_FORMAT = "%Y-%m-%dT%H:%M"


@open_to(anyone)
@require_safe
def wish(request: HttpRequest) -> HttpResponse:
    """What for? A place chosen before stays chosen."""
    answers = WishForm(request.GET)
    next_url = reverse("web:computer_time" if answers.site else "web:computer_place")
    found = {item for one in answers.site.workstations.working() for item in one.equipment} if answers.site else None
    wishes = [
        (f"{next_url}?{_query(answers, equipment=value)}", picture, label)
        for value, picture, label in WISHES
        if not value or found is None or value in found
    ]
    return render(request, "web/computer/wish.html", {"answers": answers, "wishes": wishes})


@open_to(anyone)
@require_safe
@limited(attempts.SEARCHES)
def place(request: HttpRequest) -> HttpResponse:
    """Where? The nearest first to whoever says a quartier, else where a computer is free soonest."""
    answers = WishForm(request.GET)
    choices = places_near(answers.chosen_quartier, answers.wanted, timezone.now())
    context = {
        "answers": answers,
        "words": wish_words(answers.wanted),
        "choices": [(f"{reverse('web:computer_time')}?{_query(answers, place=_uid(one))}", one) for one in choices],
        "shown": PLACES_SHOWN,
    }
    return render(request, "web/computer/place.html", context)


@open_to(anyone)
@require_safe
@limited(attempts.SEARCHES)
def time(request: HttpRequest) -> HttpResponse:
    """When?"""
    answers = WishForm(request.GET)
    if answers.site is None:
        return redirect(f"{reverse('web:computer_place')}?{_query(answers)}")
    return _ask_time(request, answers)


@open_to(anyone)
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Who comes? Nobody has to say; then it is reserved."""
    answers = WishForm(request.GET)
    session = _session(answers)
    if answers.site is None or answers.starts_at is None:
        return redirect(f"{reverse('web:computer_place')}?{_query(answers)}")
    form = ReserverForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return _reserve(request, answers, form)
    if session is None and not form.is_bound:
        return _ask_time(request, answers, was_taken=True)
    context = {"answers": answers, "form": form, "session": session, "words": wish_words(answers.wanted)}
    return render(request, "web/computer/who.html", {**context, "back_url": _times_url(answers)})


@open_to(anyone)
@never_cache
@require_safe
def done(request: HttpRequest) -> HttpResponse:
    """What to keep: when, where, the reference and the code."""
    held = held_here(request)
    if held is None or not held.is_computer or held.is_cancelled:
        return redirect("web:appointment_sheet")
    return render(request, "web/computer/done.html", {"held": held})


def _reserve(request: HttpRequest, answers: WishForm, form: ReserverForm) -> HttpResponse:
    reserved = limits.reserved(request)
    if wait := reserved.wait() or attempts.after_decoy(form):
        return too_often(request, wait=wait)
    try:
        reservation = services.reserve(
            site=answers.site,
            starts_at=answers.starts_at,
            wanted=answers.wanted,
            by=Actor(door=Door.WEB),
            **form.what(),
        )
    except services.NoComputer:
        return _ask_time(request, answers, was_taken=True)
    reserved.count()
    response = redirect("web:computer_done")
    HELD.give(response, held_reservation(reservation).name)
    return response


def _ask_time(request: HttpRequest, answers: WishForm, *, was_taken: bool = False) -> HttpResponse:
    offer = offer_at(answers.site, timezone.now(), answers.wanted)
    days = [
        (day, [(session, f"{reverse('web:computer_who')}?{_query(answers, when=_when(session))}") for session in found])
        for day, found in groupby(offer.later, lambda session: timezone.localdate(session.starts_at))
    ]
    context = {
        "answers": answers,
        "offer": offer,
        "days": days,
        "was_taken": was_taken,
        "words": wish_words(answers.wanted),
        "back_url": f"{reverse('web:computer_place')}?{_query(answers, place='')}",
    }
    return render(request, "web/computer/time.html", context)


def _session(answers: WishForm) -> Session | None:
    """Return the session that was chosen, where it can still be had."""
    if answers.site is None or answers.starts_at is None:
        return None
    offer = offer_at(answers.site, timezone.now(), answers.wanted)
    return next((one for one in offer.later if one.starts_at == answers.starts_at), None)


def _times_url(answers: WishForm) -> str:
    return f"{reverse('web:computer_time')}?{_query(answers, when='')}"


def _when(session: Session) -> str:
    return timezone.localtime(session.starts_at).strftime(ADDRESS_FORMAT)


def _uid(choice: Choice) -> str:
    return str(choice.offer.site.uid)


def _query(answers: WishForm, **changes: Any) -> str:
    """Return the answers as the next page's address repeats them."""
    said: dict[str, Any] = {"equipment": answers.equipment_text, "place": answers.site.uid if answers.site else ""}
    said["when"] = _local(answers.starts_at)
    said |= changes
    return urlencode({name: value for name, value in said.items() if value})


def _local(at: dt.datetime | None) -> str:
    return timezone.localtime(at).strftime(ADDRESS_FORMAT) if at else ""
