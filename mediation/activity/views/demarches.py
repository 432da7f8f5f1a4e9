"""The catalogue of démarches, for agents."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory import rules as roles
from mediation.activity.models import Demarche
from mediation.kernel.access import open_to
from mediation.kernel.formats import searchable


@open_to(roles.is_agent)
@require_safe
def demarche_list(request: HttpRequest) -> HttpResponse:
    """Show the catalogue by theme, or what the everyday words find."""
    text = request.GET.get("q", "").strip()
    found = list(Demarche.objects.active().matching(text))
    fragment = "activity/_demarches.html" if request.htmx else "activity/demarches.html"
    return render(request, fragment, {"text": text, "themes": _by_theme(found), "count": len(found)})


@open_to(roles.is_agent)
@require_safe
def demarche_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one démarche: what to bring, where online, how otherwise."""
    demarche = get_object_or_404(Demarche.objects.active(), slug=slug)
    return render(request, "activity/demarche.html", {"demarche": demarche})


def _by_theme(demarches: list[Demarche]) -> list[tuple[str, list[Demarche]]]:
    """Return the démarches under the words of their theme, both in the order of the alphabet."""

    def theme(demarche: Demarche) -> str:
        return str(demarche.get_theme_display())

    ordered = sorted(demarches, key=lambda one: (searchable(theme(one)), searchable(one.name)))
    return [(label, list(items)) for label, items in groupby(ordered, key=theme)]
