"""The report as files."""

from reports.exports.document import write_pdf
from reports.exports.workbook import write_xlsx

__all__ = ["write_pdf", "write_xlsx"]
