"""What was done at an appointment, in as few gestures as possible."""

import re
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory import rules as people_rules
from helpdesk import rules, selectors, services
from helpdesk.models import Appointment, Attendee
from mediation.accounts.actor import Actor
from mediation.activity.enums import DemarcheTheme, Theme
from mediation.activity.forms import ActivityForm
from mediation.kernel import formats
from mediation.kernel.access import open_to

PER_PAGE = 25
KEY = re.compile("[0-9]{1,9}")


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(people_rules.is_mediator)
def report_appointment(request: HttpRequest, uid: uuid.UUID) -> HttpResponse:
    """Ask what was done; everything the appointment knows is filled in. Saved in one button."""
    appointment = get_object_or_404(Appointment.objects.visible_to(request.user).for_pages(), uid=uid)
    if not rules.may_report(request.user, appointment):
        raise PermissionDenied
    if appointment.activity_id or not selectors.reports_here(appointment):
        return redirect("helpdesk:appointment", uid=uid)
    form = ActivityForm(
        request.POST or None,
        mediator=appointment.mediator,
        user=request.user,
        people_known=True,
        initial={
            "site": appointment.site,
            "duration_minutes": appointment.reason.duration_minutes,
            "day": timezone.localdate(appointment.starts_at),
            "themes": [theme for theme in appointment.reason.themes if theme in Theme.values],
            "demarche_themes": [theme for theme in appointment.reason.themes if theme in DemarcheTheme.values],
        },
    )
    if request.method == "POST" and form.is_valid() and _saved(request, appointment, form):
        messages.success(request, _("Compte rendu enregistré."))
        return redirect("desk:today" if appointment.mediator.user_id == request.user.pk else "helpdesk:reports_to_do")
    names = ", ".join(str(attendee.beneficiary) for attendee in appointment.attendees.all())
    subtitle = f"{names} · {formats.moment(appointment.starts_at)}"
    return render(request, "helpdesk/report.html", {"appointment": appointment, "form": form, "subtitle": subtitle})


def _saved(request: HttpRequest, appointment: Appointment, form: ActivityForm) -> bool:
    try:
        services.report(appointment=appointment, by=Actor.at_desk(request.user), **form.what())
    except ValidationError as error:
        form.refuse(error)
        return False
    return True


@require_safe
@open_to(people_rules.is_mediator)
def to_do(request: HttpRequest) -> HttpResponse:
    """List past appointments that wait for "venu / pas venu" or for a report, oldest first."""
    waiting = Appointment.objects.visible_to(request.user).received_by(request.user).to_report().for_pages()
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": selectors.report_lines(page), "noted": _just_noted(request)}
    return render(request, "helpdesk/reports_to_do.html", context)


def _just_noted(request: HttpRequest) -> Attendee | None:
    """Return whom something was just noted of, so that a slip of the finger is taken back where it was made."""
    key = request.GET.get("note", "")
    if not KEY.fullmatch(key):
        return None
    found = Attendee.objects.visible_to(request.user).select_related("appointment__engagement__mediator", "beneficiary")
    attendee = found.filter(pk=key).first()
    return (
        attendee if attendee and "undo" in selectors.verbs_for(attendee.appointment, attendee, timezone.now()) else None
    )
