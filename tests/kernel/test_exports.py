"""Lists as files: harmless, typed, and readable by a French spreadsheet."""

import datetime as dt
import io
from decimal import Decimal

import django_tables2 as tables
import openpyxl
import pytest
from django.test import RequestFactory

from mediation.kernel.exports import export_if_asked, export_response, write_csv, write_xlsx
from mediation.kernel.tables import BadgeColumn, DayColumn, MomentColumn, NumberColumn, PhoneColumn, Table

HEADER = ["Atelier", "Jour"]


class WorkshopTable(Table):
    title = tables.Column(verbose_name="Atelier")
    day = DayColumn(verbose_name="Jour")
    starts_at = MomentColumn(verbose_name="Début")
    seats = NumberColumn(verbose_name="Places")
    phone = PhoneColumn(verbose_name="Téléphone")
    state = BadgeColumn(verbose_name="État", tones={"full": "stop"}, labels={"full": "Complet"})


ROW = {
    "title": "Débuter",
    "day": dt.date(2026, 12, 3),
    "starts_at": dt.datetime(2026, 12, 3, 13, 30, tzinfo=dt.UTC),
    "seats": 1284,
    "phone": "+33536490000",
    "state": "full",
}


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_makes_formulas_harmless(start):
    content = write_csv([["Nom"], [f"{start}HYPERLINK(1)"]]).decode("utf-8-sig")
    assert f"'{start}HYPERLINK(1)" in content


def test_csv_keeps_numbers_and_dates_as_they_are():
    content = write_csv([HEADER, [-3, Decimal("1.5"), dt.date(2026, 12, 3), None, True]]).decode("utf-8-sig")
    assert content.splitlines()[1] == "-3;1,5;03/12/2026;;Oui"


def test_csv_opens_in_a_french_spreadsheet():
    content = write_csv([["Médiathèque"]])
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")


def test_xlsx_keeps_types_and_never_a_formula():
    sheet = openpyxl.load_workbook(
        io.BytesIO(write_xlsx([HEADER, ["=1+1", dt.date(2026, 12, 3)]], title="À/venir"))
    ).active
    assert sheet.title == "Àvenir"
    assert sheet["A1"].font.bold
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert sheet["B2"].value == dt.datetime(2026, 12, 3)  # noqa: DTZ001 — a spreadsheet has no time zone
    assert sheet.freeze_panes == "A2"


def test_a_table_gives_its_values_not_its_markup():
    content = export_response(WorkshopTable([ROW]), "Ateliers à venir", "csv").content.decode("utf-8-sig")
    assert content.splitlines() == [
        "Atelier;Jour;Début;Places;Téléphone;État",
        "Débuter;03/12/2026;03/12/2026 14:30;1284;05 36 49 00 00;Complet",
    ]


def test_the_file_has_a_plain_name():
    response = export_response([HEADER], "Ateliers à venir", "xlsx")
    assert response["Content-Disposition"] == 'attachment; filename="ateliers-a-venir.xlsx"'


@pytest.mark.parametrize(("query", "is_file"), [("?export=csv", True), ("?export=exe", False), ("", False)])
def test_only_a_known_format_gives_a_file(query, is_file):
    answer = export_if_asked(RequestFactory().get(f"/{query}"), [HEADER], "liste")
    assert (answer is not None) is is_file
