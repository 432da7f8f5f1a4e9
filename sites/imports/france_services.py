"""The State's list of France services (CSV, one column of hours a day)."""

import re
from typing import Any

from django.utils.translation import gettext as _

from mediation.kernel.phones import to_e164
from sites.imports import curated
from sites.imports.national import PHONE_PATTERN, text
from sites.imports.rows import RowRefused, Values

REQUIRED = ("id_fs", "lib_fs", "adresse", "insee_com", "code_postal", "lib_com", "latitude", "longitude", "h_lundi")
DAYS = {
    "Mo": "h_lundi",
    "Tu": "h_mardi",
    "We": "h_mercredi",
    "Th": "h_jeudi",
    "Fr": "h_vendredi",
    "Sa": "h_samedi",
}
SPAN = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)\s*-\s*([01]?\d|2[0-3]):([0-5]\d)")
Spans = tuple[tuple[str, str], ...]


def map_row(cells: dict[str, Any]) -> Values:
    """Return the place of one row; raise RowRefused with everything that is wrong."""
    reasons = [
        _("%(column)s : obligatoire") % {"column": column}
        for column in ("id_fs", "lib_fs", "adresse", "code_postal", "lib_com")
        if not text(cells.get(column))
    ]
    hours, wrong_hours = _week(cells)
    point, wrong_point = _point(cells)
    if reasons := [*reasons, *wrong_hours, *wrong_point]:
        raise RowRefused(reasons)
    found = {**_place(cells), **point, "opening_hours": opening_hours(hours), **curated.FRANCE_SERVICES}
    # Where we ship the place, our readable spelling stays.
    shipped = curated.by_id().get(found["national_id"], {})
    return {**found, **{key: shipped[key] for key in ("name", "address", "postcode", "commune_name") if key in shipped}}


def opening_hours(hours: dict[str, Spans]) -> str:
    """Return a week as OSM opening_hours: neighbouring days of the same hours together ("Mo-Fr 09:00-12:00")."""
    groups: list[list[str]] = []
    previous: Spans = ()
    for day in DAYS:
        if hours.get(day) and hours[day] == previous:
            groups[-1].append(day)
        elif hours.get(day):
            groups.append([day])
        previous = hours.get(day, ())
    return "; ".join(f"{_days(days)} {_written(hours[days[0]])}" for days in groups)


def read_day(cell: str) -> Spans:
    """Return a day's opening spans, in order, overlapping ones joined; "00:00 - 00:00" is the list's word for shut."""
    spans: list[tuple[str, str]] = []
    for part in filter(None, (part.strip() for part in cell.split("/"))):
        found = SPAN.fullmatch(part)
        if not found:
            raise ValueError(_("« %(hours)s » ne se lit pas comme des horaires") % {"hours": part})
        opens, closes = f"{int(found[1]):02}:{found[2]}", f"{int(found[3]):02}:{found[4]}"
        if opens == closes == "00:00":
            continue
        if closes <= opens:
            raise ValueError(_("« %(hours)s » finit avant de commencer") % {"hours": part})
        spans.append((opens, closes))
    return _joined(sorted(spans))


def _joined(spans: list[tuple[str, str]]) -> Spans:
    joined: list[tuple[str, str]] = []
    for opens, closes in spans:
        if joined and opens < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], closes))
        else:
            joined.append((opens, closes))
    return tuple(joined)


def _days(days: list[str]) -> str:
    return days[0] if len(days) == 1 else f"{days[0]}-{days[-1]}"


def _written(spans: Spans) -> str:
    return ",".join(f"{opens}-{closes}" for opens, closes in spans)


def _week(cells: dict[str, Any]) -> tuple[dict[str, Spans], list[str]]:
    hours: dict[str, Spans] = {}
    reasons = []
    for day, column in DAYS.items():
        try:
            hours[day] = read_day(text(cells.get(column)))
        except ValueError as error:
            reasons.append(f"{column} : {error}")
    return hours, reasons


def _place(cells: dict[str, Any]) -> Values:
    return {
        "national_id": f"fs-{text(cells['id_fs'])}",
        "name": text(cells["lib_fs"]),
        "address": text(cells["adresse"]),
        "address_extra": text(cells.get("complement_adresse")),
        "postcode": text(cells["code_postal"]),
        "commune_name": text(cells["lib_com"]),
        "insee_code": text(cells.get("insee_com")),
        "phone": _phone(text(cells.get("telephone"))),
        "emails": [text(cells["mail"])] if text(cells.get("mail")) else [],
        "mobility": curated.mobility(text(cells.get("format_fs"))),
        "source": "ANCT, liste des France services",
    }


def _point(cells: dict[str, Any]) -> tuple[Values, list[str]]:
    try:
        latitude, longitude = (round(float(text(cells.get(name))), 6) for name in ("latitude", "longitude"))
    except ValueError:
        return {}, [_("latitude ou longitude : ce n’est pas un nombre")]
    on_the_map = -90 <= latitude <= 90 and -180 <= longitude <= 180
    point = {"latitude": latitude, "longitude": longitude}
    return point, [] if on_the_map else [_("latitude ou longitude hors de la carte")]


def _phone(typed: str) -> str:
    """Return the number in E.164; the list also holds short numbers and words, which are left out."""
    e164 = to_e164(typed)
    return e164 if PHONE_PATTERN.fullmatch(e164) else ""
