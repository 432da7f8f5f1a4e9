"""Where an address lies: the lists that are shipped first, then the Base Adresse Nationale where the city allows it.

What somebody types is sent there, and nothing else: no cookie, no address of theirs. Nothing of it is kept or logged.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from geopy.adapters import URLLibAdapter
from geopy.distance import great_circle
from geopy.exc import GeocoderQueryError, GeopyError
from geopy.geocoders import BANFrance
from geopy.location import Location

from mediation.territory.selectors import Spot, spot_of, spot_within

# Somebody waits for the page meanwhile.
SECONDS = 2
CANDIDATES = 10
# The service always finds something: below this it has guessed.
LEAST_SCORE = 0.5
# "rue de la République" is in every town: what is farther from the city is another one's.
MOST_KM = 60

# At its most talkative geopy would write down what people typed.
logging.getLogger("geopy").setLevel(logging.WARNING)


@dataclass(frozen=True)
class Found:
    """What a typed text means. ``spot`` is None where nobody knows it.

    ``is_listed``: a quartier or a postcode, which says of nobody where they live. ``is_partly``: only the postcode or
    the quartier of a longer text was understood. ``is_down``: the address service did not answer.
    """

    spot: Spot | None
    is_listed: bool = False
    is_partly: bool = False
    is_down: bool = False


def locate(text: str, *, may_ask: bool = True) -> Found:
    """Return where ``text`` lies: a quartier, a postcode, else an address where the service may be asked."""
    if spot := spot_of(text):
        return Found(spot, is_listed=True)
    is_down = False
    if may_ask and "ban" in settings.GEOCODER:
        try:
            if spot := _address(text):
                return Found(spot)
        except GeocoderQueryError:
            # Refused, as whatever has fewer than three characters: the service is there and knows of no such place.
            pass
        except GeopyError:
            is_down = True
    part = spot_within(text)
    return Found(part, is_partly=part is not None, is_down=is_down)


def _address(text: str) -> Spot | None:
    """Return the address that is most likely meant: as it was typed, else in the network's own city."""
    service = _service()
    for asked in (text, f"{text} {settings.NETWORK_CITY}"):
        found = service.geocode(asked, exactly_one=False, limit=CANDIDATES) or []
        if best := next(iter(sorted(_near(found), key=_is_elsewhere)), None):
            return Spot(best.address, best.latitude, best.longitude)
    return None


def _near(found: Iterable[Location]) -> Iterable[Location]:
    for location in found:
        is_sure = location.raw["properties"].get("score", 0) >= LEAST_SCORE
        if is_sure and great_circle(location.point[:2], settings.MAP_CENTRE).km <= MOST_KM:
            yield location


def _is_elsewhere(location: Location) -> bool:
    return location.raw["properties"].get("citycode") != settings.NETWORK_INSEE_CODE


def _service() -> BANFrance:
    address = urlsplit(settings.GEOCODER_URL)
    return BANFrance(
        domain=f"{address.netloc}{address.path}",
        scheme=address.scheme,
        timeout=SECONDS,
        user_agent="mediation-numerique",
        # The other one goes through urllib3, which logs addresses.
        adapter_factory=URLLibAdapter,
    )
