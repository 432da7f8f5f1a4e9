"""Démarches: where, with what, and otherwise than online."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mediation.activity.models import Demarche
from mediation.channels.web.forms import DemarcheSearchForm
from mediation.channels.web.selectors import nearest_help, reason_for_demarches
from mediation.kernel.access import anyone, open_to


@open_to(anyone)
@require_safe
def demarche_list(request: HttpRequest) -> HttpResponse:
    """Find a démarche in one's own words; whoever does not find it books all the same."""
    form = DemarcheSearchForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    found = Demarche.objects.active().matching(text).order_by("name")
    return render(
        request,
        "web/demarches.html",
        {"form": form, "demarches": found, "text": text, "reason": reason_for_demarches()},
    )


@open_to(anyone)
@require_safe
def demarche(request: HttpRequest, slug: str) -> HttpResponse:
    """One démarche."""
    row = get_object_or_404(Demarche.objects.active(), slug=slug)
    reason = reason_for_demarches()
    return render(
        request,
        "web/demarche.html",
        {"demarche": row, "reason": reason, "slots": nearest_help(reason) if reason else []},
    )
