"""One place's own page."""

from uuid import UUID

import segno
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mediation.channels.attempts import SEARCHES
from mediation.channels.web.selectors import place_sheet
from mediation.channels.web.selectors.listing import computers_in_words
from mediation.channels.web.structured import place_data
from mediation.kernel.access import anyone, open_to
from mediation.kernel.addresses import whole
from mediation.kernel.pages import written_for_everybody
from mediation.kernel.views import limited
from sites.models import Site


@open_to(anyone)
@require_safe
@limited(SEARCHES)
@written_for_everybody
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One place; on paper, a leaflet in large print."""
    site = get_object_or_404(Site.objects.published().only("pk"), uid=uid)
    sheet, address = place_sheet(site, timezone.now()), whole(request, reverse("web:place", args=[uid]))
    context = {
        "sheet": sheet,
        "computers": computers_in_words(sheet.place),
        "visit": sheet.visit,
        "address": address,
        "qr": segno.make(address, micro=False).svg_inline(scale=5, border=2),
        "structured": place_data(request, sheet, address),
    }
    return render(request, "web/place.html", context)
