"""Places: the list, and each one's own page."""

from urllib.parse import urlencode
from uuid import UUID

import segno
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from mediation.channels.web.selectors import place_sheet, places
from mediation.kernel.access import anyone, open_to
from sites.filters import PlaceFilter
from sites.models import Site

PER_PAGE = 12


@open_to(anyone)
@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """The places that suit, twelve at a time; the map shows the same ones all at once."""
    listing = PlaceFilter(request.GET, Site.objects.published().order_by("name", "pk"))
    page = Paginator(listing.qs, PER_PAGE).get_page(request.GET.get("page"))
    shown = Site.objects.filter(pk__in=[site.pk for site in page]).order_by("name", "pk")
    filters = {name: value for name, value in request.GET.items() if name in listing.filters and value}
    context = {
        "filter": listing,
        "page": page,
        "places": places(shown, timezone.now()),
        "map_url": f"{reverse('web:map_places')}?{urlencode(filters)}",
    }
    return render(request, "web/places.html", context)


@open_to(anyone)
@require_safe
def place(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One place; on paper, a leaflet in large print."""
    site = get_object_or_404(Site.objects.published(), uid=uid)
    address = request.build_absolute_uri(reverse("web:place", args=[uid]))
    context = {
        "sheet": place_sheet(site, timezone.now()),
        "address": address,
        "qr": segno.make(address, micro=False).svg_inline(scale=5, border=2),
    }
    return render(request, "web/place.html", context)
