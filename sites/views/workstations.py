"""Public computers: list, state in one tap, form."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from directory.rules import is_administrator, is_agent
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.addresses import address_to_return_to
from mediation.kernel.exports import export_if_asked
from sites import services
from sites.filters import WorkstationFilter
from sites.forms import NewWorkstationsForm, StateForm, WorkstationForm
from sites.models import Site, Workstation
from sites.tables import WorkstationTable, state_context

PER_PAGE = 50


@open_to(is_agent)
@require_safe
def workstation_list(request: HttpRequest) -> HttpResponse:
    """Public computers, those of one's own places first of all."""
    listing = WorkstationFilter(request.GET, _with_sessions(), user=request.user)
    table = WorkstationTable(listing.qs, request_user=request.user)
    RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(table)
    if file := export_if_asked(request, table, "postes"):
        return file
    # On the page the remark stands under the equipment.
    table.columns.hide("note")
    return render(request, "sites/workstations.html", {"filter": listing, "table": table})


@open_to(is_agent)
@require_POST
def workstation_state(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Say in one tap that a computer is free, in use or broken."""
    workstation = get_object_or_404(Workstation.objects.run_by(request.user).select_related("site"), uid=uid)
    form = StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest(_("Cet état n’existe pas."))
    services.change_state(workstation=workstation, state=form.cleaned_data["state"], by=Actor.at_desk(request.user))
    if request.htmx:
        context = {**state_context(_with_sessions().get(pk=workstation.pk), request.user), "just_changed": True}
        return render(request, "sites/_workstation_state.html", context)
    return HttpResponseRedirect(address_to_return_to(request) or reverse("sites:workstations"))


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def workstation_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add computers to a place."""
    site = get_object_or_404(Site.objects.editable_by(request.user), uid=uid)
    form = NewWorkstationsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        added = services.add_workstations(site=site, by=Actor.at_desk(request.user), **form.cleaned_data)
        told = ngettext("%(count)s poste ajouté.", "%(count)s postes ajoutés.", len(added))
        messages.success(request, told % {"count": len(added)})
        return redirect(site)
    return render(
        request, "sites/workstation_form.html", {"form": form, "site": site, "title": _("Ajouter des postes")}
    )


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def workstation_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Describe a computer."""
    workstation = get_object_or_404(Workstation.objects.editable_by(request.user).select_related("site"), uid=uid)
    form = WorkstationForm(request.POST or None, instance=workstation)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Le poste est enregistré."))
        return redirect(workstation.site)
    context = {"form": form, "site": workstation.site, "workstation": workstation, "title": workstation.label}
    return render(request, "sites/workstation_form.html", context)


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def workstation_remove(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask, then take a computer away."""
    workstation = get_object_or_404(Workstation.objects.editable_by(request.user).select_related("site"), uid=uid)
    if request.method == "POST":
        try:
            services.remove_workstation(workstation=workstation, by=Actor.at_desk(request.user))
        except ValidationError as refusal:
            messages.error(request, " ".join(refusal.messages))
        else:
            messages.success(request, _("Le poste est retiré."))
        return redirect(workstation.site)
    return render(request, "sites/workstation_remove.html", {"workstation": workstation})


def _with_sessions() -> QuerySet[Workstation]:
    return Workstation.objects.select_related("site").with_sessions(timezone.now())
