"""Lists as files: CSV that a French Excel opens by itself, and XLSX."""

import csv
import datetime as dt
import io
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any, Literal, cast

import xlsxwriter
from django.http import HttpRequest, HttpResponse
from django.utils.text import slugify
from django_tables2 import Table

from mediation.kernel.formats import local

Format = Literal["csv", "xlsx"]
FORMATS: tuple[Format, ...] = ("csv", "xlsx")
CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
# What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
WIDEST_COLUMN = 60


def export_if_asked(
    request: HttpRequest, source: Table | Iterable[Sequence[Any]], filename: str
) -> HttpResponse | None:
    """Return the file that ``?export=csv`` or ``?export=xlsx`` asks for, or None where a page is wanted."""
    wanted = request.GET.get("export", "")
    return export_response(source, filename, cast(Format, wanted)) if wanted in FORMATS else None


def export_response(source: Table | Iterable[Sequence[Any]], filename: str, file_format: Format) -> HttpResponse:
    """Return ``source`` as a file to download: a table, or rows of which the first is the header."""
    rows = _rows(source)
    content = write_csv(rows) if file_format == "csv" else write_xlsx(rows, title=filename)
    response = HttpResponse(content, content_type=CONTENT_TYPES[file_format])
    response["Content-Disposition"] = f'attachment; filename="{slugify(filename)}.{file_format}"'
    return response


def write_csv(rows: Iterable[Sequence[Any]]) -> bytes:
    """Return CSV with semicolons and a byte-order mark, texts made harmless for a spreadsheet."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerows([_csv_cell(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Iterable[Sequence[Any]], *, title: str) -> bytes:
    """Return a workbook of one sheet: bold header that stays in sight, columns as wide as their words.

    Texts are written as texts, so a cell that starts with "=" stays what somebody typed.
    """
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(_sheet_name(title))
    looks = {
        "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "moment": book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
    }
    widths: dict[int, int] = {}
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            _write_cell(sheet, y, x, value, looks)
            widths[x] = max(widths.get(x, 8), min(len(str(value if value is not None else "")) + 2, WIDEST_COLUMN))
    for x, width in widths.items():
        sheet.set_column(x, x, width)
    sheet.freeze_panes(1, 0)
    book.close()
    return buffer.getvalue()


def _rows(source: Table | Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
    return iter(source.as_values() if isinstance(source, Table) else source)


def _csv_cell(value: Any) -> str:
    """Return one value as a French spreadsheet reads it."""
    match value:
        case None:
            return ""
        case bool():
            return "Oui" if value else "Non"
        case int():
            return str(value)
        case float() | Decimal():
            return str(value).replace(".", ",")
        case dt.datetime():
            return f"{local(value):%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case dt.time():
            return f"{value:%H:%M}"
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _write_cell(sheet: Any, y: int, x: int, value: Any, looks: dict[str, Any]) -> None:
    """Write one value in its own type, so that the spreadsheet can sort and add."""
    if y == 0:
        sheet.write_string(y, x, str(value), looks["header"])
        return
    match value:
        case None:
            sheet.write_blank(y, x, None)
        case bool():
            sheet.write_string(y, x, "Oui" if value else "Non")
        case int() | float() | Decimal():
            sheet.write_number(y, x, value)
        case dt.datetime():
            sheet.write_datetime(y, x, local(value).replace(tzinfo=None), looks["moment"])
        case dt.date():
            sheet.write_datetime(y, x, value, looks["date"])
        case _:
            sheet.write_string(y, x, str(value))


def _sheet_name(title: str) -> str:
    """Return a name that Excel accepts: 31 characters, none of its own signs."""
    return "".join(character for character in title if character not in "[]:*?/\\'")[:31] or "Liste"
