"""What the map draws once somebody asks for it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mediation.channels.web.selectors import Place
from mediation.channels.web.selectors import places as read_places
from mediation.kernel.access import anyone, open_to
from mediation.kernel.formats import moment
from mediation.territory.models import Quartier
from sites.filters import PlaceFilter
from sites.models import Site


@open_to(anyone)
@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """Return the places of the list, all of its pages at once, in the same words."""
    listing = PlaceFilter(request.GET, Site.objects.published().order_by("name", "pk"))
    found = read_places(listing.qs, timezone.now())
    return JsonResponse(
        {
            "centre": settings.MAP_CENTRE,
            "tiles": settings.MAP_TILES_URL,
            "attribution": settings.MAP_ATTRIBUTION,
            "places": [_point(place) for place in found if place.site.latitude is not None],
        }
    )


@open_to(anyone)
@require_safe
@cache_control(public=True, max_age=86400)
def quartiers(request: HttpRequest) -> JsonResponse:
    """Return the outlines of the quartiers, as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {"name": quartier.short_name}, "geometry": quartier.outline}
        for quartier in Quartier.objects.all()
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _point(place: Place) -> dict[str, Any]:
    site = place.site
    return {
        "name": site.name,
        "url": reverse("web:place", args=[site.uid]),
        "latitude": site.latitude,
        "longitude": site.longitude,
        "is_open": place.card.status.is_open,
        "lines": [
            f"{site.address}, {site.postcode} {site.commune_name}",
            place.card.status.words,
            *([moment(place.next_slot.starts_at)] if place.next_slot else []),
        ],
    }
