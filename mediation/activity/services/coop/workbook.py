"""Open La Coop's workbook: find the table by the names of its columns, hand out its rows, refuse what is none."""

import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from mediation.kernel.formats import searchable

# Columns by name, accents and apostrophes aside. Those that speak of people by name (Bénéficiaire, Notes) or that no
# report needs are absent on purpose: what is not listed here is never read.
COLUMNS = {
    "date": "day",
    "prenom du mediateur": "mediator_first_name",
    "nom du mediateur": "mediator_last_name",
    "type": "kind",
    "participants": "participants",
    "canaux d accompagnement": "place_kind",
    "nom du lieu": "place_name",
    "adresse": "address",
    "code postal": "postcode",
    "duree min": "duration",
    "nom de l atelier": "title",
    "materiel numerique utilise": "devices",
    "thematique s d accompagnement": "themes",
    "nom de la demarche administrative": "demarche",
    "niveau d autonomie ou de l atelier": "level",
    "beneficiaire reoriente": "is_referred",
    "structure de redirection": "referred_to",
    "code insee du beneficiaire": "commune",
    "genre du beneficiaire": "gender",
    "tranche d age du beneficiaire": "age_band",
    "statut du beneficiaire": "status",
    "id cra": "external_id",
}
REQUIRED = ("day", "kind", "duration", "external_id")
HEADER_WITHIN = 100
MOST_BYTES = 20 * 2**20
MOST_BYTES_UNPACKED = 400 * 2**20
MOST_ROWS = 200_000

NOT_A_WORKBOOK = _(
    "Ce fichier n’est pas un classeur Excel (.xlsx). Reprenez celui que La Coop vous a donné, sans le changer."
)
TOO_LARGE = _("Ce fichier est trop gros. Exportez une période plus courte, par exemple un trimestre.")
NO_TABLE = _(
    "Ce classeur n’a pas de tableau « Activités » : il faut au moins les colonnes Date, Type, Durée (min) et ID CRA."
)
EMPTY = _("Ce fichier ne contient aucune activité.")


@dataclass(frozen=True)
class Table:
    """The rows under the header, each with its number in the sheet, as column → cell."""

    columns: frozenset[str]
    rows: list[tuple[int, dict[str, Any]]]


def read_table(file: BinaryIO) -> Table:
    """Return the table of La Coop's export. Raises ValidationError, in a sentence, for any other file."""
    _check_size(file)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of styles and extensions it does not know; none of them is ours to mend.
            warnings.simplefilter("ignore")
            book = load_workbook(file, read_only=True, data_only=True)
            tables = [_table(sheet) for sheet in book.worksheets]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, OSError, ParseError) as error:
        raise ValidationError(NOT_A_WORKBOOK) from error
    table = next((one for one in tables if one), None)
    if table is None:
        raise ValidationError(NO_TABLE)
    if not table.rows:
        raise ValidationError(EMPTY)
    return table


def _check_size(file: BinaryIO) -> None:
    """Refuse what would fill the memory before anything is unpacked."""
    file.seek(0, 2)
    if file.tell() > MOST_BYTES:
        raise ValidationError(TOO_LARGE)
    file.seek(0)
    if not zipfile.is_zipfile(file):
        raise ValidationError(NOT_A_WORKBOOK)
    with zipfile.ZipFile(file) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES_UNPACKED:
            raise ValidationError(TOO_LARGE)
    file.seek(0)


def _table(sheet: Any) -> Table | None:
    """Return the table of a sheet, or None where no row has the names of the columns."""
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    header = next((found for _number, row in _first(rows) if (found := _header(row))), None)
    if header is None:
        return None
    return Table(columns=frozenset(header.values()), rows=list(_lines(rows, header)))


def _first(rows: Iterator[tuple[int, Any]]) -> Iterator[tuple[int, Any]]:
    """Yield the rows among which the header may stand, under the free rows of the export."""
    for number, row in rows:
        yield number, row
        if number >= HEADER_WITHIN:
            return


def _header(row: Any) -> dict[int, str] | None:
    """Return position → column for a row that names the required columns."""
    names = {x: COLUMNS.get(searchable(str(cell))) for x, cell in enumerate(row) if cell is not None}
    header = {x: name for x, name in names.items() if name}
    return header if set(REQUIRED) <= set(header.values()) else None


def _lines(rows: Iterator[tuple[int, Any]], header: dict[int, str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows that say something, known columns only."""
    for count, (number, row) in enumerate(rows):
        if count >= MOST_ROWS:
            raise ValidationError(TOO_LARGE)
        cells = {name: row[x] for x, name in header.items() if x < len(row) and row[x] not in (None, "")}
        if cells:
            yield number, cells
