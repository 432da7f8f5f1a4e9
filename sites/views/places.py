"""List, sheet and form of a place."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from directory.rules import is_administrator, is_agent, is_network_administrator
from mediation.accounts.actor import Actor
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked
from sites import exports, naming, rules, selectors, services
from sites.filters import SiteFilter
from sites.forms import SiteForm
from sites.models import Site
from sites.sheets import site_sheet as read_sheet
from sites.tables import SiteTable, workstation_line

PER_PAGE = 25


@open_to(is_agent)
@require_safe
def site_list(request: HttpRequest) -> HttpResponse:
    """Every place of the network."""
    sites = selectors.with_what_lists_show(Site.objects.visible_to(request.user), timezone.localdate())
    listing = SiteFilter(request.GET, sites)
    table = RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(SiteTable(listing.qs, at=timezone.now()))
    if file := export_if_asked(request, table, "lieux"):
        return file
    # The page has less room than the file; the name says the kind of place well enough.
    table.columns.hide("typologies")
    context = {"filter": listing, "table": table, "actions": _list_actions(request)}
    return render(request, "sites/list.html", context)


@open_to(is_agent)
@require_safe
def national_export(request: HttpRequest) -> HttpResponse:
    """The published places as the national map takes them."""
    content = exports.write_national(Site.objects.publishable().order_by("national_id"))
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="lieux-mediation-numerique.csv"'
    return response


@open_to(is_agent)
@require_safe
def site_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything about one place."""
    site = get_object_or_404(Site.objects.visible_to(request.user).select_related("organisation", "quartier"), uid=uid)
    sheet = read_sheet(site, timezone.now())
    context = {
        "sheet": sheet,
        "workstations": [workstation_line(workstation, request.user) for workstation in sheet.workstations],
        "may_edit": rules.may_edit(request.user, site),
        "may_run": rules.may_run_computers(request.user, site),
        "may_reserve": rules.may_see_who_computes(request.user, site),
        "error_reports": site.error_reports.visible_to(request.user).waiting().for_pages(),
    }
    return render(request, "sites/sheet.html", context)


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def site_create(request: HttpRequest) -> HttpResponse:
    """Describe a new place."""
    form = SiteForm(request.POST or None, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            site = services.create_site(by=Actor.at_desk(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("%(site)s est enregistré.") % {"site": site})
            return redirect(site)
    context = {"form": form, "title": _("Nouveau lieu"), "back_url": reverse("sites:list")}
    return render(request, "sites/form.html", context)


@open_to(is_administrator)
@require_http_methods(["GET", "HEAD", "POST"])
def site_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Correct the description of a place."""
    site = get_object_or_404(Site.objects.editable_by(request.user), uid=uid)
    form = SiteForm(request.POST or None, instance=site, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            services.update_site(site=site, by=Actor.at_desk(request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Les changements sont enregistrés."))
            return redirect(site)
    context = {"form": form, "title": _("Modifier le lieu"), "site": site, "back_url": site.get_absolute_url()}
    return render(request, "sites/form.html", context)


@open_to(is_administrator)
@require_POST
def site_publication(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show the place to residents, or take it away from them."""
    site = get_object_or_404(Site.objects.editable_by(request.user), uid=uid)
    try:
        services.publish(site=site, visible="visible" in request.POST, by=Actor.at_desk(request.user))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        told = _("Le public voit ce lieu.") if site.is_published else _("Le public ne voit plus ce lieu.")
        messages.success(request, told)
    return redirect(site)


@open_to(is_administrator)
@require_safe
def check_short_name(request: HttpRequest) -> HttpResponse:
    """Say, while it is typed, whether a name fits a message."""
    check = naming.check_short_name(request.GET.get("short_name", ""))
    return render(request, "sites/_short_name_check.html", {"check": check})


@open_to(is_administrator)
@require_safe
def check_hours(request: HttpRequest) -> HttpResponse:
    """Read typed hours back, in words."""
    hours = " ".join(request.GET.get("opening_hours", "").split())
    return render(
        request,
        "sites/_hours_check.html",
        {"hours": hours, "week": selectors.ordinary_week(hours, timezone.localdate())},
    )


def _list_actions(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what the person may do from the list."""
    national = {
        "label": _("Export national"),
        "url": reverse("sites:national_export"),
        "tone": "quiet",
        "icon_name": "download",
    }
    errors = {
        "label": _("Erreurs signalées"),
        "url": reverse("sites:error_reports"),
        "tone": "quiet",
        "icon_name": "message-circle",
    }
    importing = {"label": _("Importer"), "url": reverse("sites:import"), "tone": "secondary", "icon_name": "file-text"}
    adding = {"label": _("Ajouter un lieu"), "url": reverse("sites:create"), "icon_name": "plus"}
    allowed = (
        (errors, is_agent),
        (national, is_agent),
        (importing, is_network_administrator),
        (adding, is_administrator),
    )
    return [action for action, rule in allowed if rule(request.user)]
