"""Read the activity log: list and sheet; take an entry out of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django_tables2 import RequestConfig

from directory import rules as roles
from mediation.accounts.actor import Actor
from mediation.activity import rules, services
from mediation.activity.filters import ActivityFilter
from mediation.activity.models import Activity
from mediation.activity.selectors import activity_facts, lines_for_coop
from mediation.activity.tables import ActivityTable
from mediation.kernel.access import open_to
from mediation.kernel.exports import export_if_asked

PER_PAGE = 25


@open_to(roles.is_mediator)
@require_safe
def activity_list(request: HttpRequest) -> HttpResponse:
    """Show what the user's organisations logged; as a file with ``?export=``."""
    entries = Activity.objects.visible_to(request.user).for_list()
    listing = ActivityFilter(request.GET, entries, request=request)
    table = RequestConfig(request, paginate={"per_page": PER_PAGE}).configure(ActivityTable(listing.qs))
    table.empty_action_label, table.empty_action_url = _("Noter une aide"), reverse("activity:log")
    if file := export_if_asked(request, table, _("Activités")):
        return file
    page = {"filter": listing, "table": table, "actions": _actions(request)}
    return render(request, "activity/list.html", page)


@open_to(roles.is_mediator)
@require_safe
def activity_sheet(request: HttpRequest, uid: str) -> HttpResponse:
    """Show one entry, and its answers for La Coop's form."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).for_list(), uid=uid)
    page = {
        "activity": activity,
        "facts": activity_facts(activity),
        "people": activity.assistances.select_related("beneficiary", "commune", "quartier"),
        "coop": lines_for_coop(activity),
        "actions": _sheet_actions(request, activity),
        "is_counted": activity.source == activity.declared_source,
    }
    return render(request, "activity/sheet.html", page)


@open_to(roles.is_mediator)
@require_http_methods(["GET", "POST"])
def activity_delete(request: HttpRequest, uid: str) -> HttpResponse:
    """Ask, then take an entry out of the log."""
    activity = get_object_or_404(Activity.objects.visible_to(request.user).with_people(), uid=uid)
    if not rules.may_change(request.user, activity):
        raise PermissionDenied
    if request.method == "POST":
        services.delete_activity(activity=activity, by=Actor.at_desk(request.user))
        messages.success(request, _("L’activité est supprimée."))
        return redirect("activity:list")
    return render(request, "activity/delete.html", {"activity": activity, "back_url": _sheet_url(activity)})


def _sheet_url(activity: Activity) -> str:
    return reverse("activity:sheet", args=[activity.uid])


def _actions(request: HttpRequest) -> list[dict[str, Any]]:
    """Return what may be done from the list, for this person."""
    actions = [
        {"label": _("Noter une aide"), "url": reverse("activity:log"), "icon_name": "plus"},
        {"label": _("Démarches"), "url": reverse("activity:demarches"), "tone": "secondary"},
        {"label": _("Totaux mensuels"), "url": reverse("activity:monthly"), "tone": "quiet"},
    ]
    if rules.imports_files(request.user):
        actions.append({"label": _("Importer de La Coop"), "url": reverse("activity:import"), "tone": "quiet"})
    return actions


def _sheet_actions(request: HttpRequest, activity: Activity) -> list[dict[str, Any]]:
    """Return what may be done with an entry: mend or delete one's own."""
    if not rules.may_change(request.user, activity):
        return []
    return [
        {"label": _("Modifier"), "url": reverse("activity:edit", args=[activity.uid]), "icon_name": "pencil"},
        {
            "label": _("Supprimer"),
            "url": reverse("activity:delete", args=[activity.uid]),
            "tone": "quiet",
            "icon_name": "trash-2",
        },
    ]
