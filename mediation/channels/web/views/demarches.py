"""Démarches: where, with what, and otherwise than online."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from mediation.activity.models import Demarche
from mediation.channels.attempts import SEARCHES
from mediation.channels.web.forms import DemarcheSearchForm
from mediation.channels.web.selectors import reason_for_demarches
from mediation.channels.web.selectors.demarches import demarches_matching, help_near, related_demarches
from mediation.channels.web.selectors.quartiers import quartiers
from mediation.channels.web.structured import demarche_data
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import limited


@open_to(anyone)
@require_safe
def demarche_list(request: HttpRequest) -> HttpResponse:
    """Find a démarche in one's own words; whoever does not find it books all the same."""
    form = DemarcheSearchForm(request.GET)
    text = form.cleaned_data["text"] if form.is_valid() else ""
    return render(
        request,
        "web/demarches.html",
        {"form": form, "demarches": demarches_matching(text), "text": text, "reason": reason_for_demarches()},
    )


@open_to(anyone)
@require_safe
@limited(SEARCHES)
def demarche(request: HttpRequest, slug: str) -> HttpResponse:
    """One démarche; the help is that of a quartier where one is chosen, else the earliest in the city."""
    row = get_object_or_404(Demarche.objects.active(), slug=slug)
    reason, choices = reason_for_demarches(), quartiers()
    chosen = next((quartier for quartier in choices if quartier.slug == request.GET.get("quartier")), None)
    context = {
        "demarche": row,
        "reason": reason,
        "quartiers": choices,
        "quartier": chosen,
        "nearest": help_near(reason, chosen),
        "related": related_demarches(row),
        "structured": demarche_data(request, row),
    }
    return render(request, "web/demarche.html", context)
