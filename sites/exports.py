"""Places in the national standard."""

import csv
import io
from collections.abc import Iterable
from typing import Any

from sites.models import Site
from sites.national import COLUMNS, SCHEMA_SPELLING, SEPARATOR, Column, Kind


def write_national(sites: Iterable[Site]) -> str:
    """Return the places as CSV of the standard v1.0.2: its 32 columns, commas, decimal dots, values parted by "|"."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow([column.name for column in COLUMNS])
    writer.writerows([[_cell(column, getattr(site, column.field)) for column in COLUMNS] for site in sites])
    return buffer.getvalue()


def _cell(column: Column, value: Any) -> str:
    if column.kind in (Kind.LABELS, Kind.VALUES):
        return SEPARATOR.join(SCHEMA_SPELLING.get(item, item) for item in value)
    return "" if value is None else str(value)
