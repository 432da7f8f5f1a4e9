"""Distances between points, without a geographic database."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0
# As far as somebody walks or takes one bus; beyond, an earlier time is worth less than a later one here.
NEARBY_KM = 5

Point = tuple[float, float]


def distance_km(a: Point, b: Point) -> float:
    """Return the distance as the crow flies between two (latitude, longitude) points."""
    (latitude_a, longitude_a), (latitude_b, longitude_b) = (tuple(map(radians, point)) for point in (a, b))
    half_chord = (
        sin((latitude_b - latitude_a) / 2) ** 2
        + cos(latitude_a) * cos(latitude_b) * sin((longitude_b - longitude_a) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * asin(sqrt(half_chord))
