"""Places with a public computer, as those who look for one read them."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from mediation.territory.models import Quartier
from mediation.territory.selectors import spot_of
from sites.geography import distance_km
from sites.models import Site
from sites.sessions import Offer, offers, with_computers


@dataclass(frozen=True)
class Choice:
    """One place, with how far it is where that is known."""

    offer: Offer
    distance_km: float | None


def places_near(quartier: Quartier | None, wanted: Sequence[str], at: dt.datetime) -> list[Choice]:
    """Return the places where such a computer can be had: nearest to the quartier first, else soonest first."""
    spot = spot_of(quartier.short_name) if quartier else None
    near = (spot.latitude, spot.longitude) if spot else None
    found = offers(with_computers(Site.objects.published()), at, wanted)
    choices = [Choice(offer, _distance(near, offer.site)) for offer in found if offer.first]
    return sorted(choices, key=_by_distance if near else _by_time)


def _distance(near: tuple[float, float] | None, site: Site) -> float | None:
    if near is None or site.latitude is None or site.longitude is None:
        return None
    return distance_km(near, (site.latitude, site.longitude))


def _by_distance(choice: Choice) -> tuple[bool, float, str]:
    # A place without coordinates may be next door: it stands after those whose distance is known.
    return choice.distance_km is None, choice.distance_km or 0, choice.offer.site.name


def _by_time(choice: Choice) -> tuple[dt.datetime | None, str]:
    first = choice.offer.first
    return first.starts_at if first else None, choice.offer.site.name
