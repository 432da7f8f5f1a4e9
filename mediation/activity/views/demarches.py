"""The catalogue of démarches, for agents."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from directory import rules as roles
from mediation.activity.models import Demarche
from mediation.kernel.access import open_to


@open_to(roles.is_agent)
@require_safe
def demarche_list(request: HttpRequest) -> HttpResponse:
    """Show the catalogue by theme, or what the everyday words find."""
    text = request.GET.get("q", "").strip()
    found = list(Demarche.objects.active().matching(text).order_by("theme", "name"))
    themes = [(items[0].get_theme_display(), items) for _theme, items in _by_theme(found)]
    fragment = "activity/_demarches.html" if request.htmx else "activity/demarches.html"
    return render(request, fragment, {"text": text, "themes": themes, "count": len(found)})


@open_to(roles.is_agent)
@require_safe
def demarche_sheet(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one démarche: what to bring, where online, how otherwise."""
    demarche = get_object_or_404(Demarche.objects.active(), slug=slug)
    return render(request, "activity/demarche.html", {"demarche": demarche})


def _by_theme(demarches: list[Demarche]) -> list[tuple[str, list[Demarche]]]:
    return [(theme, list(items)) for theme, items in groupby(demarches, key=lambda one: one.theme)]
