"""The report as a workbook: one sheet per table, numbers as numbers, ready to print."""

import io
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from mediation.kernel import formats
from reports.selectors import CoordinationReport
from reports.tables import (
    Absent,
    AtLeast,
    Column,
    Kind,
    Table,
    Tone,
    all_tables,
    definitions,
    hidden_note,
    key_figures,
    warnings,
)

MINUTES_OF_A_DAY = 24 * 60
A4 = 9
NUMBER_FORMATS = {
    Kind.NUMBER: "#,##0",
    Kind.RATE: "#,##0.0",
    Kind.MINUTES: '[h]" h "mm',
    Kind.PERCENT: "0 %",
    Kind.TEXT: "@",
}
AT_LEAST_FORMAT = '"au moins "#,##0'
SHEET_NAME_LENGTH = 31
TONES = {
    Tone.PLAIN: {},
    Tone.GROUP: {"bold": True, "bg_color": "#F4ECDF"},
    Tone.SUBTOTAL: {"bold": True, "top": 1},
    Tone.TOTAL: {"bold": True, "top": 2},
}


def write_xlsx(report: CoordinationReport) -> bytes:
    """Return the workbook. Texts stay texts: a name that starts with "=" is no formula."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": _("Rapport de coordination"), "author": settings.NETWORK_NAME})
    looks = _Looks(book)
    _write_readme(book, report, looks)
    for table in all_tables(report):
        _write_table(book, table, report, looks)
    book.close()
    return buffer.getvalue()


class _Looks:
    """The formats of one workbook, made once each."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[str, Kind, Tone], Format] = {}
        self.title = book.add_format({"bold": True, "font_size": 18})
        self.strong = book.add_format({"bold": True, "valign": "top", "text_wrap": True})
        self.text = book.add_format({"valign": "top", "text_wrap": True})
        self.note = book.add_format({"italic": True})
        header = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 2, "bg_color": "#F4ECDF"}
        self.header = book.add_format(header)
        self.number_header = book.add_format({**header, "align": "right"})

    def of(self, value: Any, kind: Kind, tone: Tone) -> Format:
        """Return the format of a cell: a count that is too low stays a number, and says so."""
        number = AT_LEAST_FORMAT if isinstance(value, AtLeast) else NUMBER_FORMATS[kind]
        if (number, kind, tone) not in self._made:
            align = {"text_wrap": True} if kind is Kind.TEXT else {"align": "right"}
            look = {"num_format": number, "valign": "top", **align, **TONES[tone]}
            self._made[number, kind, tone] = self._book.add_format(look)
        return self._made[number, kind, tone]


def _write_readme(book: Workbook, report: CoordinationReport, looks: _Looks) -> None:
    """Write what this file is, its main figures, what is missing, and what each word means."""
    sheet = book.add_worksheet(_("Lisez-moi"))
    sheet.set_column(0, 0, 40, looks.strong)
    sheet.set_column(1, 1, 95, looks.text)
    sheet.write_string(0, 0, f"{_('Rapport de coordination')} – {report.period.title}", looks.title)
    made = f"{formats.long_day(report.made_at, year=True)}, {formats.hour(report.made_at)}"
    lines = [
        (_("Réseau"), settings.NETWORK_NAME),
        (_("Période"), f"{report.period.first_day:%d/%m/%Y} – {report.period.last_day:%d/%m/%Y}"),
        (_("Édité le"), made),
        *([(_("Attention"), _("Données de démonstration, inventées."))] if report.is_fictional else []),
        ("", ""),
        *((figure.label, f"{figure.figure}   {figure.detail}".strip()) for figure in key_figures(report)),
        ("", ""),
        *((_("Ce qui manque"), sentence) for sentence in warnings(report)),
        ("", ""),
        *definitions(),
    ]
    for y, (name, words) in enumerate(lines, start=2):
        sheet.write_string(y, 0, name, looks.strong)
        sheet.write_string(y, 1, words, looks.text)
    _set_up_print(sheet, report)


def _write_table(book: Workbook, table: Table, report: CoordinationReport, looks: _Looks) -> None:
    sheet = book.add_worksheet(_sheet_name(table.title))
    for x, column in enumerate(table.columns):
        sheet.set_column(x, x, max(13, min(round(15 * column.share), 55)))
        sheet.write_string(0, x, column.label, looks.header if column.is_text else looks.number_header)
    for y, row in enumerate(table.rows, start=1):
        for x, column in enumerate(table.columns):
            value = row.values[x] if x < len(row.values) else ""
            _write_cell(sheet, (y, x), value, column, looks.of(value, column.kind, row.tone))
    notes = [*table.notes, *([hidden_note()] if table.has_hidden else [])]
    for y, note in enumerate(notes, start=len(table.rows) + 2):
        sheet.write_string(y, 0, note, looks.note)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    _set_up_print(sheet, report)


def _sheet_name(title: str) -> str:
    """Return a title that a spreadsheet takes: no slash, 31 characters at most, no word cut in two."""
    name = title.replace("/", "-")
    return name if len(name) <= SHEET_NAME_LENGTH else name[: SHEET_NAME_LENGTH + 1].rsplit(" ", 1)[0].rstrip(" ,")


def _write_cell(sheet: Worksheet, place: tuple[int, int], value: Any, column: Column, look: Format) -> None:
    """Write one value in its own type, so that the spreadsheet can add and sort."""
    match value:
        case Absent():
            sheet.write_string(*place, str(value.value), look)
        case (part, whole):
            _write_share(sheet, place, part, whole, look)
        case str():
            sheet.write_string(*place, value, look)
        case _:
            sheet.write_number(*place, value / MINUTES_OF_A_DAY if column.kind is Kind.MINUTES else value, look)


def _write_share(sheet: Worksheet, place: tuple[int, int], part: int, whole: int, look: Format) -> None:
    if whole:
        sheet.write_number(*place, part / whole, look)
    else:
        sheet.write_string(*place, str(Absent.NONE.value), look)


def _set_up_print(sheet: Worksheet, report: CoordinationReport) -> None:
    """Print on A4, across, one page wide, with the page number and what it is about."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.8, bottom=0.7)
    sheet.set_header(f"&L&B&A&R{_header_text(settings.NETWORK_NAME)} – {report.period.title}")
    sheet.set_footer(f"&L{_('Rapport de coordination')}&R&P / &N")


def _header_text(text: str) -> str:
    """Return a text in which "&" stays an "&" for the spreadsheet."""
    return text.replace("&", "&&")
