"""The national standard v1.0.2, as CSV."""

import datetime as dt
import math
import re
from typing import Any

from django.utils.translation import gettext as _

from mediation.kernel.phones import to_e164
from sites.imports.labels import recognise, split
from sites.imports.rows import RowRefused, Values
from sites.national import COLUMNS, Column, Kind

REQUIRED = tuple(column.name for column in COLUMNS if column.required)
# What a national telephone number looks like in the published schema.
PHONE_PATTERN = re.compile(r"\+(33|590|594|262|596|269|687|689|508|681)\d{6,9}")


def map_row(cells: dict[str, Any]) -> Values:
    """Return the place of one row; raise RowRefused with everything that is wrong."""
    reasons = [_("trop de cellules : un guillemet ou une virgule manque")] if "" in cells else []
    values: Values = {}
    for column in COLUMNS:
        try:
            values[column.field] = _read(column, text(cells.get(column.name)))
        except ValueError as error:
            reasons.append(f"{column.name} : {error}")
    reasons += _check_point(values)
    if reasons:
        raise RowRefused(reasons)
    return values


def text(cell: Any) -> str:
    """Return a cell as text; JSON files hold numbers and nulls."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).replace("\x00", "").strip()


def _read(column: Column, cell: str) -> Any:
    """Return the value of one cell; raise ValueError in words."""
    if column.required and not cell:
        raise ValueError(_("obligatoire"))
    if cell and column.pattern and not re.fullmatch(column.pattern, cell):
        raise ValueError(_("« %(cell)s » n’a pas la forme attendue") % {"cell": cell})
    readers = {Kind.NUMBER: _number, Kind.DATE: _date, Kind.PHONE: _phone, Kind.VALUES: split}
    if column.kind is Kind.LABELS:
        return _labels(cell, column)
    return readers[column.kind](cell) if column.kind in readers else cell


def _number(cell: str) -> float | None:
    if not cell:
        return None
    try:
        number = float(cell.replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(_("« %(cell)s » n’est pas un nombre") % {"cell": cell})
    return number


def _date(cell: str) -> dt.date:
    try:
        return dt.date.fromisoformat(cell)
    except ValueError:
        message = _("« %(cell)s » n’est pas une date ; il faut par exemple 2026-12-01") % {"cell": cell}
        raise ValueError(message) from None


def _phone(cell: str) -> str:
    e164 = cell if PHONE_PATTERN.fullmatch(cell) else to_e164(cell)
    if cell and not PHONE_PATTERN.fullmatch(e164):
        raise ValueError(_("« %(cell)s » n’est pas un numéro de téléphone") % {"cell": cell})
    return e164


def _labels(cell: str, column: Column) -> list[str]:
    found = {label: recognise(label, column.choices) for label in split(cell)}  # type: ignore[arg-type]
    if unknown := [label for label, stored in found.items() if stored is None]:
        quoted = ", ".join(f"« {label} »" for label in unknown)
        raise ValueError(_("%(labels)s : pas dans la liste du standard") % {"labels": quoted})
    return [stored for stored in found.values() if stored is not None]


def _check_point(values: Values) -> list[str]:
    """Return what is wrong with the coordinates, which go together."""
    if "latitude" not in values or "longitude" not in values:
        return []
    latitude, longitude = values["latitude"], values["longitude"]
    if (latitude is None) != (longitude is None):
        return [_("latitude et longitude vont ensemble")]
    if latitude is not None and not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return [_("latitude ou longitude hors de la carte")]
    return []
