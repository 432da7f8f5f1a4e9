"""Who has come: one tap each, and one tap to take it back."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from directory.models import Mediator
from directory.rules import helps_people
from helpdesk import services
from helpdesk.models import Attendee
from mediation.accounts.actor import Actor
from mediation.desk import selectors
from mediation.kernel.access import open_to

MARKS = {
    "arrive": services.mark_arrived,
    "recu": services.mark_seen,
    "pas-venu": services.mark_no_show,
    "defaire": services.undo_status,
}
PAGES = {"today": "desk:today", "front_desk": "desk:front_desk"}


@require_safe
@open_to(helps_people)
def arrivals(request: HttpRequest) -> HttpResponse:
    """Return today's list again, for the page that keeps itself current."""
    context = {"arrivals": selectors.arrivals_today(request.user), "page": "front_desk"}
    return render(request, "desk/_arrivals.html", context)


@require_POST
@open_to(helps_people)
def mark(request: HttpRequest, uid: UUID, pk: int, name: str) -> HttpResponse:
    """Note that somebody arrived, was received or did not come; or take it back."""
    if name not in MARKS:
        raise Http404
    received = Attendee.objects.visible_to(request.user).filter(
        appointment__engagement__mediator__in=Mediator.objects.of_colleagues(request.user)
    )
    attendee = get_object_or_404(received, appointment__uid=uid, pk=pk)
    problem = ""
    try:
        attendee = MARKS[name](attendee=attendee, by=Actor.at_desk(request.user))
    except ValidationError as refusal:
        problem = " ".join(refusal.messages)
    page = request.POST.get("page", "front_desk")
    if request.htmx and page == "caller":
        context = {"own": selectors.OwnAppointment(attendee, may_arrive=False), "problem": problem, "focused": True}
        return render(request, "desk/_own_appointment.html", context)
    if request.htmx:
        line = selectors.Arrival(attendee, attendee.appointment, timezone.now())
        context = {"arrival": line, "page": page, "problem": problem, "focused": True}
        return render(request, "desk/_arrival.html", context)
    if problem:
        messages.error(request, problem)
    return redirect(PAGES.get(page, "desk:front_desk"))
