"""What pages say to search engines in schema.org's words (JSON-LD)."""

import datetime as dt
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from mediation.activity.models import Demarche
from mediation.channels.web.selectors import ListedPlace, PlaceSheet
from mediation.kernel.addresses import whole
from mediation.kernel.phones import to_e164
from sites.enums import Fee
from sites.hours import DayHours, midnight
from sites.models import Site
from workshops.models import Workshop

CONTEXT = {"@context": "https://schema.org"}
ENDS_THE_DAY = dt.time(23, 59)


def place_data(request: HttpRequest, sheet: PlaceSheet, address: str) -> list[dict[str, Any]]:
    """Return a place with its hours and the workshops to come there."""
    site = sheet.place.site
    data = {
        **CONTEXT,
        **_place(site),
        "@type": "CivicStructure",
        "@id": address,
        "url": address,
        "description": site.summary or _services(site),
        "specialOpeningHoursSpecification": [part for day in sheet.week for part in _day(day)],
        "isAccessibleForFree": site.fees == [Fee.FREE] or None,
    }
    services = [_service(service, address) for service in site.services]
    return [_said(data), *services, *(workshop_data(request, card.workshop) for card in sheet.workshops)]


def workshop_data(request: HttpRequest, workshop: Workshop) -> dict[str, Any]:
    """Return a workshop as an event."""
    data = {
        **CONTEXT,
        "@type": "Event",
        "name": workshop.title,
        "description": workshop.description,
        "startDate": timezone.localtime(workshop.starts_at).isoformat(),
        "endDate": timezone.localtime(workshop.ends_at).isoformat(),
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OfflineEventAttendanceMode",
        "isAccessibleForFree": True,
        "maximumAttendeeCapacity": workshop.capacity,
        "location": _said({"@type": "Place", **_place(workshop.site)}),
        "organizer": _network(),
        "url": whole(request, reverse("web:workshop", args=[workshop.uid])),
    }
    return _said(data)


def demarche_data(request: HttpRequest, demarche: Demarche) -> dict[str, Any]:
    """Return a démarche as the public service it is, and where else than online it is done."""
    channel = {"@type": "ServiceChannel", "serviceUrl": demarche.online_url} if demarche.online_url else None
    data = {
        **CONTEXT,
        "@type": "GovernmentService",
        "name": gettext(demarche.name),
        "alternateName": demarche.everyday_words,
        "description": gettext(demarche.description) if demarche.description else "",
        "serviceOperator": {"@type": "GovernmentOrganization", "name": gettext(demarche.public_body)},
        "availableChannel": channel,
        "areaServed": _city(),
        "provider": _network(),
        "url": whole(request, reverse("web:demarche", args=[demarche.slug])),
    }
    return _said(data)


def quartier_data(request: HttpRequest, places: list[ListedPlace], name: str) -> dict[str, Any]:
    """Return the places of a quartier as a list."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": place.name,
            "url": whole(request, reverse("web:place", args=[place.uid])),
        }
        for position, place in enumerate(places, 1)
    ]
    return {**CONTEXT, "@type": "ItemList", "name": name, "numberOfItems": len(items), "itemListElement": items}


def network_data(request: HttpRequest) -> dict[str, Any]:
    """Return the network itself."""
    return _said({**CONTEXT, **_network(), "areaServed": _city(), "url": whole(request, reverse("web:home"))})


def _network() -> dict[str, Any]:
    phone = to_e164(settings.NETWORK_PHONE)
    return _said({"@type": "GovernmentOrganization", "name": settings.NETWORK_NAME, "telephone": phone})


def _city() -> dict[str, str]:
    return {"@type": "City", "name": settings.NETWORK_CITY}


def _place(site: Site) -> dict[str, Any]:
    point = {"@type": "GeoCoordinates", "latitude": site.latitude, "longitude": site.longitude}
    return _said(
        {
            "name": site.name,
            "telephone": site.phone or to_e164(settings.NETWORK_PHONE),
            "address": {
                "@type": "PostalAddress",
                "streetAddress": site.address,
                "postalCode": site.postcode,
                "addressLocality": site.commune_name,
                "addressCountry": "FR",
            },
            "geo": point if site.latitude is not None else None,
            "containedInPlace": {"@type": "Place", "name": site.quartier.name} if site.quartier else None,
            "amenityFeature": _step_free(site),
        }
    )


def _step_free(site: Site) -> dict[str, Any] | None:
    if site.step_free is None:
        return None
    return {"@type": "LocationFeatureSpecification", "name": "wheelchair accessible", "value": site.step_free}


def _service(service: str, address: str) -> dict[str, Any]:
    return {
        **CONTEXT,
        "@type": "GovernmentService",
        "name": gettext(service),
        "provider": _network(),
        "availableChannel": {"@type": "ServiceChannel", "serviceLocation": {"@id": address}},
    }


def _services(site: Site) -> str:
    return ", ".join(gettext(service) for service in site.services)


def _day(day: DayHours) -> list[dict[str, str]]:
    """Return one day of the coming week; a day on which the place is shut opens and closes at midnight."""
    dates = {"@type": "OpeningHoursSpecification", "validFrom": f"{day.day}", "validThrough": f"{day.day}"}
    if not day.periods:
        return [{**dates, "opens": "00:00", "closes": "00:00"}]
    spans = [(f"{opens:%H:%M}", f"{_closing(day, closes):%H:%M}") for opens, closes in day.periods]
    return [{**dates, "opens": opens, "closes": closes} for opens, closes in spans]


def _closing(day: DayHours, closes: dt.datetime) -> dt.time:
    return ENDS_THE_DAY if closes >= midnight(day.day + dt.timedelta(days=1)) else closes.time()


def _said(data: dict[str, Any]) -> dict[str, Any]:
    """Leave out what nobody knows."""
    return {name: value for name, value in data.items() if value not in (None, "", [])}
