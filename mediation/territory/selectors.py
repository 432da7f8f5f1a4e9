"""Where a point lies, and which days are holidays."""

import csv
import datetime as dt
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Self

import holidays
from django.db.models import TextField
from django.db.models.functions import Cast
from shapely import Point, prepare
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from mediation.kernel.formats import searchable
from mediation.territory.models import Quartier, SchoolHoliday

SUNDAY = 6
POSTCODES = Path(__file__).parent / "data" / "postcodes.csv"


@dataclass(frozen=True)
class QuartierMap:
    """The quartiers' outlines, read once to place many points."""

    outlines: tuple[tuple[Quartier, BaseGeometry], ...]

    @classmethod
    def read(cls) -> Self:
        """Read the quartiers; each outline is prepared once per process, whatever test or request asks."""
        quartiers = Quartier.objects.defer("outline").annotate(outline_text=Cast("outline", TextField()))
        return cls(tuple((quartier, _prepared(quartier.outline_text)) for quartier in quartiers))

    def at(self, latitude: float | None, longitude: float | None) -> Quartier | None:
        """Return the quartier that holds the point."""
        if latitude is None or longitude is None:
            return None
        point = Point(longitude, latitude)
        return next((quartier for quartier, outline in self.outlines if outline.covers(point)), None)


@lru_cache(maxsize=256)
def _prepared(outline_text: str) -> BaseGeometry:
    outline = shape(json.loads(outline_text))
    prepare(outline)
    return outline


def quartier_at(latitude: float | None, longitude: float | None) -> Quartier | None:
    """Return the quartier that holds a point, or None outside the city."""
    return QuartierMap.read().at(latitude, longitude)


@dataclass(frozen=True)
class Spot:
    """A point that somebody named, and how it is called. Only a quartier is a surface; the rest is its middle."""

    label: str
    latitude: float
    longitude: float
    quartier: Quartier | None = None


def spot_of(text: str) -> Spot | None:
    """Return where a postcode or the name of a quartier lies, from the lists that are shipped: nobody is asked.

    "31400", "Empalot", "quartier empalot". What else is typed (a street) is None.
    """
    wanted = searchable(text).removeprefix("quartier ")
    if row := _postcodes().get(wanted):
        return Spot(f"{row['postcode']} {row['commune']}", float(row["latitude"]), float(row["longitude"]))
    names = {name: quartier for quartier in Quartier.objects.all() for name in _names(quartier)} if wanted else {}
    quartier = names.get(wanted)
    if quartier is None:
        return None
    middle = shape(quartier.outline).representative_point()
    return Spot(quartier.short_name, middle.y, middle.x, quartier)


def spot_within(text: str) -> Spot | None:
    """Return the postcode, else the quartier, that is said somewhere in a longer text ("12 rue Bayard 31000")."""
    words = searchable(text).split()
    if postcode := next((word for word in words if word in _postcodes()), None):
        return spot_of(postcode)
    said = f" {' '.join(words)} "
    names = (name for quartier in Quartier.objects.defer("outline") for name in _names(quartier) if f" {name} " in said)
    found = max(names, key=len, default="")
    return spot_of(found) if found else None


def _names(quartier: Quartier) -> set[str]:
    """Return what people call a quartier: each of the names that it joins ("Empalot / Saint-Agne")."""
    parts = {part for name in (quartier.name, quartier.short_name) for part in name.replace("–", "/").split("/")}
    return {searchable(name) for name in (quartier.name, quartier.short_name, *parts)}


@cache
def _postcodes() -> dict[str, dict[str, str]]:
    with POSTCODES.open(encoding="utf-8", newline="") as file:
        return {row["postcode"]: row for row in csv.DictReader(file)}


@cache
def _public_holidays() -> holidays.HolidayBase:
    return holidays.country_holidays("FR", language="fr")


def public_holiday(day: dt.date) -> str | None:
    """Return the name of the public holiday that falls on ``day``."""
    return _public_holidays().get(day)


def is_public_holiday(day: dt.date) -> bool:
    """Say whether ``day`` is a public holiday."""
    return day in _public_holidays()


def is_working_day(day: dt.date) -> bool:
    """Say whether offices work on ``day``: every day but Sundays and public holidays."""
    return day.weekday() != SUNDAY and not is_public_holiday(day)


def working_day(day: dt.date, *, after: int) -> dt.date:
    """Return the working day that comes ``after`` working days later; earlier where it is negative."""
    step = dt.timedelta(days=1 if after > 0 else -1)
    for _counted in range(abs(after)):
        day += step
        while not is_working_day(day):
            day += step
    return day


@dataclass(frozen=True)
class SchoolCalendar:
    """The school holidays of the city's zone, first and last days included, as far as they are published."""

    periods: tuple[tuple[dt.date, dt.date], ...]

    @classmethod
    def read(cls) -> Self:
        """Read every known period."""
        return cls(tuple(SchoolHoliday.objects.order_by("starts_on").values_list("starts_on", "ends_on")))

    def knows(self, day: dt.date) -> bool:
        """Say whether the calendar of that day is published: outside, nobody can tell."""
        return bool(self.periods) and self.periods[0][0] <= day <= self.periods[-1][1]

    def is_holiday(self, day: dt.date) -> bool:
        """Say whether there is no class on ``day``."""
        return any(starts_on <= day <= ends_on for starts_on, ends_on in self.periods)
