"""Who came: the page that writes it down, and the list to print beforehand."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory.rules import helps_people, is_mediator
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from workshops import selectors, services
from workshops.forms import AttendanceForm
from workshops.models import Workshop
from workshops.views.access import own_workshop, recorded_workshop


@open_to(is_mediator)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down who came; it fills the activity log of those who report here."""
    workshop = recorded_workshop(request, uid)
    logs_here = selectors.logs_here(workshop)
    form = AttendanceForm(request.POST if request.method == "POST" else None, workshop=workshop, logs_here=logs_here)
    if request.method == "POST" and form.is_valid():
        try:
            activity = services.record_attendance(
                workshop=workshop, by=Actor.at_desk(request.user), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _recorded_in_words(workshop, is_logged=activity is not None))
            return redirect("workshops:sheet", uid)
    context = {
        "form": form,
        "workshop": workshop,
        "logs_here": logs_here,
        "source": selectors.source_of(workshop).label,
    }
    return render(request, "workshops/attendance.html", context)


def _recorded_in_words(workshop: Workshop, *, is_logged: bool) -> str:
    if is_logged:
        return _("La présence et l’activité sont enregistrées.")
    if workshop.registrations.attended().exists():
        return _("La présence est enregistrée.")
    return _("C’est noté : personne n’est venu.")


@open_to(helps_people)
@require_safe
def attendance_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the list to print and sign."""
    workshop = own_workshop(request, uid)
    return render(request, "workshops/print.html", {"sheet": selectors.workshop_sheet(workshop, request.user)})
