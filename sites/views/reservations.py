"""Who has which computer: give one out, see it, prolong it, give it back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from directory.rules import helps_people, is_administrator
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.addresses import address_to_return_to
from sites import services
from sites.forms import GestureForm, ReservationForm
from sites.models import Reservation, Site, Workstation
from sites.sessions import offer_at
from sites.tables import state_context


@open_to(helps_people, is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def reservation_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a computer to somebody at the desk or on the telephone."""
    site = get_object_or_404(Site.objects.giving_computers(request.user), uid=uid)
    offer = offer_at(site, timezone.now(), for_self_service=False)
    form = ReservationForm(request.POST or None, offer=offer)
    if request.method == "POST" and form.is_valid():
        what = {"site": site, "by": Actor.at_desk(request.user), **form.what()}
        try:
            at = form.starts_at
            reservation = services.reserve(starts_at=at, **what) if at else services.take_now(**what)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return redirect("sites:reservation", uid=reservation.uid)
    return render(request, "sites/reservation_form.html", {"form": form, "site": site, "offer": offer})


@open_to(helps_people, is_administrator)
@require_safe
def reservation(request: HttpRequest, uid: UUID) -> HttpResponse:
    """What to tell the person: which computer, when, the reference and the code."""
    row = get_object_or_404(Reservation.objects.visible_to(request.user).for_pages(), uid=uid)
    now = timezone.now()
    may_change = not row.is_released and row.ends_at > now
    context = {
        "reservation": row,
        "is_under_way": row.is_under_way(now),
        "may_change": may_change,
        "may_arrive": may_change and not row.arrived_at and row.is_on(timezone.localdate(now)),
    }
    return render(request, "sites/reservation.html", context)


@open_to(helps_people, is_administrator)
@require_POST
def reservation_gesture(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say in one tap that somebody has come, stays longer, or has left."""
    row = get_object_or_404(Reservation.objects.visible_to(request.user).for_pages(), uid=uid)
    form = GestureForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("Ce geste n’existe pas."))
    problem = _do(row, form.cleaned_data["gesture"], Actor.at_desk(request.user))
    if request.htmx:
        computers = Workstation.objects.select_related("site").with_sessions(timezone.now())
        context = {**state_context(computers.get(pk=row.workstation_id), request.user), "problem": problem}
        return render(request, "sites/_workstation_state.html", {**context, "just_changed": True})
    if problem:
        messages.error(request, problem)
    return HttpResponseRedirect(address_to_return_to(request) or reverse("sites:reservation", args=[row.uid]))


def _do(row: Reservation, gesture: str, by: Actor) -> str:
    """Return why it cannot be done; "" where it is done."""
    try:
        if gesture == "prolong":
            services.prolong(reservation=row, by=by)
        elif gesture == "arrive":
            services.arrive(reservation=row, by=by)
        else:
            services.release(reservation=row, by=by)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""
