"""The two nearest places, with when they are open and whom to call."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone, translation

from mediation.channels.nearest import nearest_places
from mediation.kernel import formats
from mediation.messaging.wording import Words, opening
from mediation.messaging.wording.rendering import written_language
from mediation.territory.selectors import SchoolCalendar, Spot
from sites.models import Site
from sites.selectors import timetable

TOLD = 2


@dataclass(frozen=True)
class Told:
    """One place as a text message says it."""

    name: str
    hours: str
    phone: str


def nearest(spot: Spot, language: str) -> Words | None:
    """Return what to say of the two places nearest to a point; None where no place is known."""
    calendar, now, language = SchoolCalendar.read(), timezone.now(), written_language(language)
    with translation.override(language):
        sites = nearest_places((spot.latitude, spot.longitude), limit=TOLD)
        told = [_told(site, calendar, now, language) for site in sites]
    if not told:
        return None
    return Words(
        place=told[0].name,
        places=tuple(one.name for one in told) if len(told) == TOLD else (),
        hours=tuple(one.hours for one in told),
        phones=tuple(one.phone for one in told),
    )


def _told(site: Site, calendar: SchoolCalendar, now: dt.datetime, language: str) -> Told:
    phone = formats.phone(site.phone) if site.phone else settings.NETWORK_PHONE
    return Told(site.place_in_messages, _hours(site, calendar, now, language), phone)


def _hours(site: Site, calendar: SchoolCalendar, now: dt.datetime, language: str) -> str:
    """Return today's hours that are not over, else when it opens next."""
    table = timetable(site, calendar)
    if not table.is_readable:
        return opening.unknown()
    if today := [period for period in table.day(timezone.localdate(now)).periods if period[1] > now]:
        return opening.open_today(today, language)
    opens_at = table.status(now).changes_at
    return opening.opens_next(opens_at, language) if opens_at else opening.unknown()
