"""Which reader and which mapper belong to a file."""

from collections.abc import Iterable

from sites.enums import FileFormat
from sites.imports import france_services, national, pre_1_0, reading, toulouse_erp
from sites.imports.rows import Mapper, SourceRow


def open_file(content: bytes, file_format: FileFormat) -> tuple[list[SourceRow], Mapper]:
    """Return the rows of a file and how to map each; raise reading.UnreadableFile where there are none to be had."""
    text = reading.decode(content)
    if file_format is FileFormat.TOULOUSE_ERP:
        return reading.read_geojson(text), toulouse_erp.map_row
    if file_format is FileFormat.FRANCE_SERVICES:
        return reading.read_csv(text, required=france_services.REQUIRED), france_services.map_row
    if reading.is_json(text):
        rows = reading.read_json(text)
        return rows, pre_1_0.map_row if _is_old(rows) else national.map_row
    rows = reading.read_csv(text, required=("id", "nom"))
    if _is_old(rows):
        return rows, pre_1_0.map_row
    return reading.read_csv(text, required=national.REQUIRED), national.map_row


def _is_old(rows: Iterable[SourceRow]) -> bool:
    return any(not pre_1_0.MARKS.isdisjoint(row.cells) for row in rows)
