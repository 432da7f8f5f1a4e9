"""The report as tables, in the order in which page, document and workbook show them."""

from reports.selectors import CoordinationReport
from reports.tables.demand import demand_table
from reports.tables.doors import doors_table
from reports.tables.organisations import confirmation_words, missing_table, organisation_tables
from reports.tables.people import breakdown_tables, cross_tables, months_table, quartiers_table, sites_table
from reports.tables.summary import KeyFigure, definitions, key_figures, warnings
from reports.tables.table import Absent, AtLeast, Cell, Column, Kind, Row, Table, Tone, hidden_note

__all__ = [
    "Absent",
    "AtLeast",
    "Cell",
    "Column",
    "KeyFigure",
    "Kind",
    "Row",
    "Table",
    "Tone",
    "all_tables",
    "confirmation_words",
    "definitions",
    "hidden_note",
    "key_figures",
    "warnings",
]


def all_tables(report: CoordinationReport) -> list[Table]:
    """Return every table of the report that has something to say."""
    tables = [
        *organisation_tables(report),
        demand_table(report),
        doors_table(report),
        missing_table(report),
        months_table(report),
        *breakdown_tables(report),
        *cross_tables(report),
        quartiers_table(report),
        sites_table(report),
    ]
    return [table for table in tables if table.rows]
