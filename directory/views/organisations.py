"""Organisations of the network."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from directory import rules, selectors
from directory.filters import OrganisationFilter
from directory.forms import OrganisationForm
from directory.models import Organisation
from directory.tables import OrganisationTable
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked


@require_safe
@open_to(rules.is_agent)
def organisation_list(request: HttpRequest) -> HttpResponse:
    """List the organisations, in alphabetical order, never ranked."""
    listing = OrganisationFilter(request.GET, Organisation.objects.with_mediator_count())
    table = OrganisationTable(listing.qs)
    if exported := export_if_asked(request, table, _("Structures")):
        return exported
    RequestConfig(request, paginate={"per_page": 25}).configure(table)
    may_add = rules.is_network_administrator(request.user)
    return render(request, "directory/organisations.html", {"filter": listing, "table": table, "may_add": may_add})


@require_safe
@open_to(rules.is_agent)
def organisation_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an organisation and its mediators; its accounts to who sets it up."""
    organisation = get_object_or_404(Organisation, uid=uid)
    context = {
        "sheet": selectors.organisation_sheet(organisation),
        "may_edit": rules.may_administer(request.user, organisation),
    }
    return render(request, "directory/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_network_administrator)
def organisation_add(request: HttpRequest) -> HttpResponse:
    """Let an organisation into the network."""
    return _edit(request, Organisation())


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_administrator)
def organisation_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change an organisation."""
    organisation = get_object_or_404(Organisation, uid=uid)
    if not rules.may_administer(request.user, organisation):
        raise PermissionDenied
    return _edit(request, organisation)


def _edit(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Show the form, or save it and go to the sheet."""
    form = OrganisationForm(request.POST or None, instance=organisation)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("La structure est enregistrée."))
        return redirect("directory:organisation", saved.uid)
    return render(request, "directory/organisation_form.html", {"form": form, "organisation": organisation})
