"""One page per quartier: the help that there is near home."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mediation.activity.models import Demarche
from mediation.channels import attempts
from mediation.channels.web.selectors import listed_places
from mediation.channels.web.selectors.quartiers import quartier_with_places, quartiers
from mediation.channels.web.structured import quartier_data
from mediation.channels.web.views.places import Found
from mediation.kernel.access import anyone, open_to
from mediation.kernel.views import limited

DEMARCHES_SHOWN = 8


@open_to(anyone)
@require_safe
def quartier_list(request: HttpRequest) -> HttpResponse:
    """Every quartier."""
    return render(request, "web/quartier/list.html", {"quartiers": quartiers()})


@open_to(anyone)
@require_safe
@limited(attempts.SEARCHES)
def quartier(request: HttpRequest, slug: str) -> HttpResponse:
    """The places of one quartier, and what they help with."""
    row, ids = quartier_with_places(slug)
    shown = listed_places(ids, timezone.now())
    title = _("Aide numérique : %(quartier)s") % {"quartier": row.short_name}
    context = {
        "quartier": row,
        "title": title,
        "subtitle": "" if row.name == row.short_name else row.name,
        "places": [Found(place, "") for place in shown],
        "demarches": Demarche.objects.active().order_by("name")[:DEMARCHES_SHOWN],
        "structured": quartier_data(request, shown, title),
    }
    return render(request, "web/quartier/sheet.html", context)
