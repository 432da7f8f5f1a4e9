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
from workshops.views.access import own_workshop, recorded_workshop


@open_to(is_mediator)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Write down who came; it fills the activity log."""
    workshop = recorded_workshop(request, uid)
    form = AttendanceForm(request.POST or None, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        try:
            activity = services.record_attendance(
                workshop=workshop, by=Actor.at_desk(request.user), **form.cleaned_data
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(
                request,
                _("La présence et l’activité sont enregistrées.")
                if activity
                else _("C’est noté : personne n’est venu."),
            )
            return redirect("workshops:sheet", uid)
    return render(request, "workshops/attendance.html", {"form": form, "workshop": workshop})


@open_to(helps_people)
@require_safe
def attendance_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the list to print and sign."""
    workshop = own_workshop(request, uid)
    return render(request, "workshops/print.html", {"sheet": selectors.workshop_sheet(workshop, request.user)})
