"""Log what was done, and mend it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from directory import rules as roles
from directory.enums import Source
from directory.models import Mediator
from mediation.accounts.actor import Actor
from mediation.activity import rules, services
from mediation.activity.enums import ActivityKind
from mediation.activity.forms import ActivityForm
from mediation.activity.models import Activity
from mediation.activity.selectors import declared_source
from mediation.kernel.access import open_to

VERBS = {ActivityKind.INDIVIDUAL: services.log_individual, ActivityKind.WORKSHOP: services.log_workshop}


@open_to(roles.is_mediator)
@require_http_methods(["GET", "POST"])
def log_activity(request: HttpRequest) -> HttpResponse:
    """Log an individual help, or with ``?type=atelier`` a workshop that had no registrations."""
    kind = ActivityKind.WORKSHOP if request.GET.get("type") == "atelier" else ActivityKind.INDIVIDUAL
    mediator = Mediator.objects.filter(user=request.user).select_related("organisation").first()
    if mediator is None:
        return render(request, "activity/log.html", _page(kind))
    form = _form(request, mediator=mediator, kind=kind)
    if form.is_bound and form.is_valid():
        try:
            VERBS[kind](mediator=mediator, people=form.people(), by=Actor.at_desk(request.user), **form.what())
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("C’est noté."))
            return redirect(request.get_full_path() if "again" in request.POST else "activity:list")
    return render(request, "activity/log.html", {**_page(kind), "form": form, "source_warning": _warning(mediator)})


@open_to(roles.is_mediator)
@require_http_methods(["GET", "POST"])
def edit_activity(request: HttpRequest, uid: str) -> HttpResponse:
    """Mend an entry of one's own."""
    scoped = Activity.objects.visible_to(request.user).select_related("mediator__organisation", "site")
    activity = get_object_or_404(scoped, uid=uid)
    if not rules.may_change(request.user, activity):
        raise PermissionDenied
    form = _form(request, mediator=activity.mediator, activity=activity)
    if form.is_bound and form.is_valid():
        try:
            services.update_activity(
                activity=activity, by=Actor.at_desk(request.user), people=form.people(), **form.what()
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            messages.success(request, _("C’est modifié."))
            return redirect("activity:sheet", uid=uid)
    page = _page(activity.kind) | {
        "title": _("Modifier l’activité"),
        "subtitle": "",
        "actions": [],
        "submit_label": _("Enregistrer"),
        "back_url": reverse("activity:sheet", args=[uid]),
    }
    return render(request, "activity/log.html", {**page, "form": form, "activity": activity})


@open_to(roles.is_mediator)
@require_POST
def people(request: HttpRequest) -> HttpResponse:
    """Return the people that the search box of the form finds, as they would stand in it.

    The words travel in the body: a name has no business in the address, which servers write to their journals.
    """
    mediator = get_object_or_404(Mediator, user=request.user)
    form = ActivityForm(initial=as_initial(request.POST), mediator=mediator, user=request.user)
    return render(request, "activity/_people.html", {"form": form})


def _form(request: HttpRequest, **options: Any) -> ActivityForm:
    """Return the form: empty, being filled ("Chercher" without JavaScript), or sent."""
    if request.method != "POST":
        return ActivityForm(user=request.user, **options)
    if "find" in request.POST:
        return ActivityForm(initial=as_initial(request.POST), user=request.user, **options)
    return ActivityForm(request.POST, user=request.user, **options)


def as_initial(data: QueryDict) -> dict[str, Any]:
    """Return what was typed so far as the start of a form that is not judged yet."""
    many = {"beneficiaries", "themes", "demarches", "demarche_themes", "obstacles", "devices"}
    return {name: data.getlist(name) if name in many else data[name] for name in data}


def _warning(mediator: Mediator) -> str:
    """Return what the mediator should know before typing here: only the declared source is counted."""
    source = declared_source(mediator, timezone.localdate())
    if source == Source.HERE:
        return ""
    return _("Votre activité est déclarée dans « %(source)s » : ce que vous notez ici est gardé, mais pas compté.") % {
        "source": source.label
    }


def _page(kind: str) -> dict[str, Any]:
    """Return the words around the form."""
    is_workshop = kind == ActivityKind.WORKSHOP
    log_url = reverse("activity:log")
    other = (
        {"label": _("Plutôt une aide individuelle"), "url": log_url, "tone": "quiet"}
        if is_workshop
        else {"label": _("Plutôt un atelier"), "url": f"{log_url}?type=atelier", "tone": "quiet"}
    )
    return {
        "title": _("Noter un atelier") if is_workshop else _("Noter une aide"),
        "subtitle": _("Le nom, le nombre, un thème : le reste est déjà rempli ou facultatif.")
        if is_workshop
        else _("Touchez un thème, enregistrez : le reste est déjà rempli ou facultatif."),
        "actions": [other],
        "submit_label": _("Enregistrer"),
        "back_url": reverse("activity:list"),
    }
