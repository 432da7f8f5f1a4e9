"""How long a mediator takes from one place to another: the one place that says so."""

import datetime as dt
from functools import lru_cache
from math import ceil

from sites.geography import Point, distance_km

# By bus or bicycle in a city, measured as the crow flies.
SPEED_KM_H = 12
# To pack, leave, arrive and set up again.
DOOR_MINUTES = 10
# Nobody is given an appointment at 10:23.
STEP_MINUTES = 5
# Two entries of one building.
SAME_PLACE_KM = 0.1
NO_WAY = dt.timedelta()


@lru_cache(maxsize=4096)
def way(origin: Point | None, destination: Point | None) -> dt.timedelta:
    """Return the time between two places; none within one place, or where one of them is not known."""
    if origin is None or destination is None or origin == destination:
        return NO_WAY
    distance = distance_km(origin, destination)
    if distance <= SAME_PLACE_KM:
        return NO_WAY
    minutes = DOOR_MINUTES + distance / SPEED_KM_H * 60
    return dt.timedelta(minutes=ceil(minutes / STEP_MINUTES) * STEP_MINUTES)
