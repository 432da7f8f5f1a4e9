"""The figures of the coordination report as a reader finds them: on the page, in the document, in the workbook."""

import datetime as dt
import io
from collections import Counter
from typing import Any

import openpyxl
from playwright.sync_api import Page
from pypdf import PdfReader

from mediation.kernel.formats import NARROW, NO_BREAK, duration

# (table, row, column) → what the cell says.
Cells = dict[tuple[str, str, str], str]

READ_TABLES = """
() => [...document.querySelectorAll("main table")].flatMap((table) => {
  const title = table.caption ? table.caption.textContent.trim() : "";
  const columns = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  return [...table.tBodies[0].rows].flatMap((row) =>
    [...row.cells].slice(1)
      .filter((cell) => cell.getAttribute("aria-hidden") !== "true")
      .map((cell, index) => [title, row.cells[0].textContent.trim(), columns[index + 1], cell.textContent.trim()]));
})
"""


def plain(text: Any) -> str:
    """Return a text with ordinary spaces."""
    return " ".join(str(text).replace(NARROW, " ").replace(NO_BREAK, " ").split())


def of_page(page: Page) -> Cells:
    """Return every cell of the tables of a page."""
    return {(plain(t), plain(r), plain(c)): plain(value) for t, r, c, value in page.evaluate(READ_TABLES)}


def of_workbook(content: bytes) -> dict[tuple[str, str, str], Any]:
    """Return every figure of a workbook, by sheet, row and column."""
    cells = {}
    for sheet in openpyxl.load_workbook(io.BytesIO(content)).worksheets:
        header: list[str] = []
        for row in sheet.iter_rows(values_only=True):
            texts = [plain(value) if value is not None else "" for value in row]
            if not header and len([text for text in texts if text]) > 1:
                header = texts
            elif header and texts[0]:
                cells |= {(sheet.title, texts[0], header[n]): row[n] for n in range(1, len(header)) if header[n]}
    return cells


def of_document(content: bytes) -> Counter[str]:
    """Return the lines of a PDF, as many times as they stand there."""
    reader = PdfReader(io.BytesIO(content))
    return Counter(plain(line) for page in reader.pages for line in page.extract_text().splitlines())


def changed(before: dict, after: dict) -> dict[Any, tuple[Any, Any]]:
    """Return what differs, as (before, after)."""
    keys = before.keys() | after.keys()
    return {key: (before.get(key), after.get(key)) for key in keys if before.get(key) != after.get(key)}


def in_words(change: tuple[Any, Any]) -> tuple[str, str]:
    """Return a change of typed cells as the page writes it: hours are durations in a workbook."""
    before, after = (
        duration(int(value.total_seconds() // 60)) if isinstance(value, dt.timedelta) else value for value in change
    )
    return plain(before), plain(after)
