"""The nearest places, for the doors that know no more of somebody than a postcode."""

from sites.enums import AccessMode
from sites.geography import Point, distance_km
from sites.models import Site


def nearest_places(here: Point, *, limit: int) -> list[Site]:
    """Return the nearest published places that receive the public, with their closures."""
    rows = Site.objects.published().values_list("pk", "name", "latitude", "longitude", "access_modes")
    receiving = [
        (distance_km(here, (latitude, longitude)), name, pk)
        for pk, name, latitude, longitude, modes in rows
        if latitude is not None and longitude is not None and AccessMode.NO_PUBLIC not in modes
    ]
    keys = [pk for _distance, _name, pk in sorted(receiving)[:limit]]
    sites = Site.objects.prefetch_related("closures").in_bulk(keys)
    return [sites[key] for key in keys]
