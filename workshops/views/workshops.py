"""The list of workshops, each one's sheet, and setting one up."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from directory.rules import is_agent
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked
from workshops import rules, selectors, services
from workshops.filters import WorkshopFilter
from workshops.forms import WorkshopForm
from workshops.models import Workshop
from workshops.tables import WorkshopTable
from workshops.views.access import any_workshop, own_workshop

WRITES = ["GET", "HEAD", "POST"]


@open_to(is_agent)
@require_safe
def workshop_list(request: HttpRequest) -> HttpResponse:
    """List the network's workshops."""
    listing = WorkshopFilter(request.GET, Workshop.objects.visible_to(request.user).for_pages().with_seats())
    table = WorkshopTable(listing.qs)
    if file := export_if_asked(request, table, "ateliers"):
        return file
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    context = {"filter": listing, "table": table, "opens_workshops": rules.opens_workshops(request.user)}
    return render(request, "workshops/list.html", context)


@open_to(is_agent)
@require_safe
def sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show a workshop, its seats, and the people that the reader may see."""
    found = selectors.workshop_sheet(any_workshop(request, uid), request.user)
    return render(
        request, "workshops/sheet.html", {"sheet": found, "may_register": rules.opens_workshops(request.user)}
    )


@open_to(rules.opens_workshops)
@require_http_methods(WRITES)
def add(request: HttpRequest) -> HttpResponse:
    """Set up a workshop."""
    form = WorkshopForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            workshop = services.open_workshop(by=Actor.at_desk(request.user), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("L’atelier est ouvert aux inscriptions."))
            return redirect("workshops:sheet", workshop.uid)
    return render(request, "workshops/form.html", {"form": form})


@open_to(is_agent)
@require_http_methods(WRITES)
def edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a workshop; its people are told of another time or place."""
    workshop = own_workshop(request, uid)
    form = WorkshopForm(request.POST or None, user=request.user, workshop=workshop)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_workshop(workshop=workshop, by=Actor.at_desk(request.user), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, _("C’est enregistré."))
            return redirect("workshops:sheet", uid)
    told = selectors.told_if_cancelled(workshop)
    return render(request, "workshops/form.html", {"form": form, "workshop": workshop, "told": told})


@open_to(is_agent)
@require_http_methods(WRITES)
def cancel(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask, then cancel a workshop and tell everybody."""
    workshop = own_workshop(request, uid)
    if request.method == "POST":
        try:
            services.cancel_workshop(workshop=workshop, by=Actor.at_desk(request.user))
        except ValidationError as refusal:
            messages.warning(request, refusal.messages[0])
        else:
            messages.success(request, _("L’atelier est annulé, les personnes sont prévenues."))
        return redirect("workshops:sheet", uid)
    told = selectors.told_if_cancelled(workshop)
    return render(request, "workshops/cancel.html", {"workshop": workshop, "told": told})
