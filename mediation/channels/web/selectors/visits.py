"""What one wants to know before going somewhere, and what stays true on paper."""

import datetime as dt
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from sites.hours import DayHours
from sites.models import Closure, Site
from sites.selectors import PlaceCard

# Later closures are another visit's news.
CLOSURES_AHEAD = dt.timedelta(days=60)
DIRECTIONS = "https://www.openstreetmap.org/directions"


@dataclass(frozen=True)
class UsualHours:
    """Days of an ordinary week that follow one another and have the same hours."""

    days: str
    hours: str


@dataclass(frozen=True)
class Visit:
    """How to come to a place, when it is usually open, and when it will exceptionally not be."""

    usual: list[UsualHours]
    closures: list[Closure]
    directions_url: str

    @property
    def is_long(self) -> bool:
        """Whether one page of paper needs smaller letters to hold it all."""
        return bool(self.closures)


def visit(card: PlaceCard, today: dt.date) -> Visit:
    """Return what one wants to know before going to a place, from what is known of it."""
    return Visit(
        usual=_usual(card.hours.ordinary_week(today)),
        closures=[closure for closure in card.site.closures.all() if closure.starts_on <= today + CLOSURES_AHEAD],
        directions_url=_directions(card.site),
    )


def _usual(week: list[DayHours]) -> list[UsualHours]:
    return [
        UsualHours(_days([day.day for day in days]), words)
        for words, days in ((words, list(found)) for words, found in groupby(week, lambda day: day.words))
    ]


def _days(days: list[dt.date]) -> str:
    named = {"first": date_format(days[0], "l"), "last": date_format(days[-1], "l")}
    if len(days) == 1:
        return named["first"]
    return (_("%(first)s et %(last)s") if len(days) == 2 else _("%(first)s à %(last)s")) % named


def _directions(site: Site) -> str:
    """Return where a map says the way, from wherever its reader says they are."""
    if site.latitude is None:
        return ""
    return f"{DIRECTIONS}?{urlencode({'to': f'{site.latitude},{site.longitude}'})}"
