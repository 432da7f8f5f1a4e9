"""Mediators: names and places are the offer, every agent sees them."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from directory import rules
from directory.enums import Language
from directory.forms import MediatorForm
from directory.models import Mediator, Organisation
from mediation.kernel.access import open_to


@require_safe
@open_to(rules.is_agent)
def mediator_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show where a mediator receives, in which languages and with which skills."""
    people = Mediator.objects.visible_to(request.user).select_related("organisation", "user")
    mediator = get_object_or_404(people.prefetch_related("sites"), uid=uid)
    labels = dict(Language.choices)
    context = {
        "mediator": mediator,
        "languages": [labels.get(code, code) for code in mediator.languages],
        "may_edit": rules.may_administer(request.user, mediator.organisation),
    }
    return render(request, "directory/mediator.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_administrator)
def mediator_add(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a mediator to an organisation."""
    return _edit(request, Mediator(organisation=get_object_or_404(Organisation, uid=uid)))


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_administrator)
def mediator_edit(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a mediator."""
    return _edit(request, get_object_or_404(Mediator.objects.select_related("organisation"), uid=uid))


def _edit(request: HttpRequest, mediator: Mediator) -> HttpResponse:
    """Show the form, or save it and go to the sheet."""
    if not rules.may_administer(request.user, mediator.organisation):
        raise PermissionDenied
    form = MediatorForm(request.POST or None, instance=mediator)
    if request.method == "POST" and form.is_valid():
        saved = form.save()
        messages.success(request, _("La fiche du médiateur est enregistrée."))
        return redirect("directory:mediator", saved.uid)
    return render(request, "directory/mediator_form.html", {"form": form, "mediator": mediator})
