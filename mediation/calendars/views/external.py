"""« Mon agenda personnel »: a calendar kept elsewhere, whose hours are taken here as well."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helpdesk import rules
from helpdesk.models import ExternalCalendar
from helpdesk.selectors.external_calendars import appointments_crossed, calendars_kept_by
from helpdesk.services import external_calendars as services
from mediation.accounts.actor import Actor
from mediation.calendars.forms import AddressForm, CalendarForm, FileForm
from mediation.kernel.access import open_to


@open_to(rules.sets_hours)
@require_safe
def calendars(request: HttpRequest) -> HttpResponse:
    """List the calendars that are read, and how it goes."""
    return render(request, "calendars/external.html", {"calendars": calendars_kept_by(request.user)})


@open_to(rules.sets_hours)
@require_http_methods(["GET", "HEAD", "POST"])
def add_address(request: HttpRequest) -> HttpResponse:
    """Ask for the address of a calendar, and read it at once: what is wrong with it is said here."""
    form = AddressForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _add(request, form, "url", services.add_calendar)
    return _ask(request, form)


@open_to(rules.sets_hours)
@require_http_methods(["GET", "HEAD", "POST"])
def add_file(request: HttpRequest) -> HttpResponse:
    """Ask for a calendar as a file, read once."""
    form = FileForm(request.POST or None, request.FILES or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        return _add(request, form, "file", services.add_file)
    return _ask(request, form)


@open_to(rules.sets_hours)
@require_safe
def calendar_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show how it goes with a calendar, and the appointments that stand at hours it says are taken."""
    calendar = _kept(request, uid)
    crossed = appointments_crossed(calendar)
    appointments = list(crossed.visible_to(request.user).for_pages())
    context = {"calendar": calendar, "appointments": appointments, "hidden": crossed.count() - len(appointments)}
    return render(request, "calendars/external_sheet.html", context)


@open_to(rules.sets_hours)
@require_POST
def read_now(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Read it again without waiting for its turn."""
    calendar = services.read_again(calendar=_kept(request, uid), by=Actor.at_desk(request.user))
    if calendar.problem:
        messages.error(request, calendar.problem)
    else:
        messages.success(request, _("L’agenda est lu."))
    return redirect("calendars:external_sheet", uid=calendar.uid)


@open_to(rules.sets_hours)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Stop reading it, after having asked: its hours are offered again."""
    calendar = _kept(request, uid)
    if request.method != "POST":
        return render(request, "calendars/external_remove.html", {"calendar": calendar})
    services.remove_calendar(calendar=calendar, by=Actor.at_desk(request.user))
    messages.success(request, _("Agenda retiré : ses heures sont de nouveau proposées."))
    return redirect("calendars:external")


def _add(request: HttpRequest, form: CalendarForm, name: str, service) -> HttpResponse:
    """Read it for the first time; refuse it at the field where it was given."""
    try:
        calendar = service(**form.answers(), by=Actor.at_desk(request.user))
    except ValidationError as error:
        form.add_error(name, error.messages)
        return _ask(request, form)
    messages.success(request, _("L’agenda est lu."))
    return redirect("calendars:external_sheet", uid=calendar.uid)


def _ask(request: HttpRequest, form: CalendarForm) -> HttpResponse:
    return render(request, "calendars/external_form.html", {"form": form})


def _kept(request: HttpRequest, uid: UUID) -> ExternalCalendar:
    return get_object_or_404(calendars_kept_by(request.user), uid=uid)
