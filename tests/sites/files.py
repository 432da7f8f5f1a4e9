"""Files of places as others publish them, and what reading one gives."""

import csv
import io
from pathlib import Path

from mediation.accounts.actor import Actor, Door
from sites.enums import FileFormat
from sites.national import COLUMNS
from sites.services import import_sites

DATA = Path(__file__).parent / "data"
EXAMPLE = DATA / "standard-mediation-num_exemple-valide.csv"
FILES = {
    FileFormat.NATIONAL: EXAMPLE,
    FileFormat.TOULOUSE_ERP: DATA / "toulouse_erp_extract.geojson",
    FileFormat.FRANCE_SERVICES: DATA / "france_services_extract.csv",
}
SOMEBODY = Actor(Door.COMMAND)


def run(content: bytes | str, file_format: FileFormat = FileFormat.NATIONAL, **options):
    """Import a file and return the report."""
    content = content.encode() if isinstance(content, str) else content
    return import_sites(content=content, file_format=file_format, by=SOMEBODY, **options)


def results(report) -> list[str]:
    """Return what became of each row."""
    return [outcome.result.value for outcome in report.outcomes]


def national(*rows: dict[str, str], delimiter: str = ",") -> str:
    """Return a national file: the official example, with some cells changed, once for each of ``rows``."""
    example = next(csv.DictReader(io.StringIO(EXAMPLE.read_text(encoding="utf-8"))))
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, [column.name for column in COLUMNS], delimiter=delimiter)
    writer.writeheader()
    writer.writerows({**example, **row} for row in rows)
    return buffer.getvalue()
