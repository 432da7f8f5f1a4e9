"""What the map draws once somebody asks for it."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from mediation.channels.attempts import SEARCHES
from mediation.channels.web.search import PlaceSearch
from mediation.channels.web.selectors import ListedPlace, listed_places
from mediation.kernel.access import anyone, open_to
from mediation.kernel.pages import MOST_SECONDS
from mediation.kernel.views import limited
from mediation.territory.models import Quartier


@open_to(anyone)
@require_safe
@limited(SEARCHES)
def places(request: HttpRequest) -> JsonResponse:
    """Return the places of the list, all of its pages at once, in the same words."""
    found = listed_places([pk for pk, _distance in PlaceSearch(request).sites()], timezone.now())
    return JsonResponse(
        {
            "centre": settings.MAP_CENTRE,
            "tiles": settings.MAP_TILES_URL,
            "attribution": settings.MAP_ATTRIBUTION,
            "places": [_point(place) for place in found if place.latitude is not None],
        }
    )


@open_to(anyone)
@require_safe
@cache_control(public=True, max_age=MOST_SECONDS)
def quartiers(request: HttpRequest) -> JsonResponse:
    """Return the outlines of the quartiers, as GeoJSON."""
    features = [
        {"type": "Feature", "properties": {"name": quartier.short_name}, "geometry": quartier.outline}
        for quartier in Quartier.objects.all()
    ]
    return JsonResponse({"type": "FeatureCollection", "features": features})


def _point(place: ListedPlace) -> dict[str, Any]:
    return {
        "name": place.name,
        "url": reverse("web:place", args=[place.uid]),
        "latitude": place.latitude,
        "longitude": place.longitude,
        "is_open": place.is_open,
        "lines": [place.address, place.state, *(line.words for line in place.lines)],
    }
