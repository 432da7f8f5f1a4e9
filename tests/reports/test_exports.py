"""Page, document and workbook say the same."""

import datetime as dt
import io

import openpyxl
import pytest
from django.urls import reverse
from pypdf import PdfReader

from directory.enums import Side
from directory.models import Mediator, Organisation
from helpdesk.enums import AttendeeStatus
from mediation.activity.enums import DemarcheTheme, Obstacle
from mediation.kernel.formats import NARROW, NO_BREAK
from reports.exports import write_pdf, write_xlsx
from reports.selectors import coordination_report
from reports.tables import Absent, Kind, all_tables
from tests.reports.rows import NOVEMBER, activity, appointment, asked, workshop, workshop_activity

pytestmark = pytest.mark.usefixtures("now")


@pytest.fixture
def report(cast):
    """A November in which something of everything happened."""
    for _time in range(110):
        workshop_activity(cast.paul_mediator, 12, minutes=90, themes=[DemarcheTheme.SOCIAL])
    workshop_activity(cast.amina_mediator, 3, obstacles=[Obstacle.EMAIL])
    workshop_activity(cast.paul_mediator, 20, obstacles=[Obstacle.EMAIL])
    activity(cast.amina_mediator, cast.lucette)
    appointment(cast, AttendeeStatus.SEEN, AttendeeStatus.NOSHOW)
    workshop(cast, seats=8, taken=2)
    asked(cast.mairie, cast.lucette)
    return coordination_report(first_day=NOVEMBER[0], last_day=NOVEMBER[1], user=cast.sofia)


def plain(text):
    """Return a text on one line, every space alike."""
    return " ".join(text.replace(NARROW, " ").replace(NO_BREAK, " ").split())


def pdf_of(report):
    """Return the document as a reader opens it."""
    return PdfReader(io.BytesIO(write_pdf(report)))


def text_of(document):
    """Return the whole text of a document."""
    return plain("\n".join(page.extract_text() for page in document.pages))


def test_every_row_of_the_page_is_in_the_document(report):
    text = text_of(pdf_of(report)).replace(" ", "")
    for table in all_tables(report):
        assert plain(table.title).replace(" ", "") in text
        for _row, cells in table.lines:
            assert "".join(plain(cell.text) for cell in cells).replace(" ", "") in text


def test_every_row_of_the_page_is_on_the_page(report, cast, sign_in):
    page = sign_in(cast.sofia).get(reverse("reports:coordination"), {"preset": "last_month"})
    content = plain(page.content.decode()).replace("&#x27;", "'").replace("&amp;", "&")
    for table in all_tables(report):
        for _row, cells in table.lines:
            assert all(f">{plain(cell.text)}<" in content for cell in cells)


def test_every_cell_of_the_workbook_is_the_figure_itself(report):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    for table in all_tables(report):
        sheet = book[table.title]
        for y, row in enumerate(table.rows, start=2):
            for x, value in enumerate(row.values, start=1):
                assert sheet.cell(y, x).value == _in_the_workbook(value, table.columns[x - 1].kind)


def _in_the_workbook(value, kind):
    if isinstance(value, Absent):
        return str(value.value)
    if kind is Kind.MINUTES:
        return dt.timedelta(minutes=value) if value else dt.time(0)
    if kind is Kind.PERCENT:
        return pytest.approx(value[0] / value[1]) if value[1] else "–"
    return value


def test_a_total_that_is_too_low_says_so_and_stays_a_number(report):
    assert report.city.untold
    table = next(table for table in all_tables(report) if table.key == "activity")
    people = table.columns.index(next(column for column in table.columns if column.label == "Personnes aidées"))
    assert table.lines[-1][1][people].text == f"au moins {report.city.people}"
    cell = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["Activité"].cell(len(table.rows) + 1, people + 1)
    assert (cell.value, cell.number_format) == (report.city.people, '"au moins "#,##0')


def test_the_workbook_explains_itself_and_prints_on_one_page_wide(report):
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    assert book.sheetnames[0] == "Lisez-moi"
    assert "Personnes aidées" in [row[0].value for row in book["Lisez-moi"]]
    sheet = book["Activité"]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_name_that_looks_like_a_formula_stays_a_name(cast):
    Organisation.objects.create(name="=1+1", kind="other", side=Side.PARTNER)
    report = coordination_report(first_day=NOVEMBER[0], last_day=NOVEMBER[1], user=cast.sofia)
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["Activité"]
    assert ("=1+1", "s") in [(row[0].value, row[0].data_type) for row in sheet]


def test_the_document_says_what_it_is(report, settings):
    document = pdf_of(report)
    assert document.metadata.title == "Rapport de coordination, novembre 2026"
    assert document.metadata.author == settings.NETWORK_NAME
    assert document.trailer["/Root"]["/Lang"] == "fr-FR"
    cover = plain(document.pages[0].extract_text())
    assert "Novembre 2026" in cover
    assert "Édité le mardi 1er décembre 2026, 9 h." in cover
    assert "Démonstration" not in cover
    assert f"page 2 / {len(document.pages)}" in plain(document.pages[1].extract_text())
    assert "L’essentiel" in [entry["/Title"] for entry in document.outline]


def test_the_document_carries_its_font(report):
    fonts = pdf_of(report).pages[1]["/Resources"]["/Font"]
    descriptors = [font.get_object().get("/FontDescriptor") for font in fonts.values()]
    assert {"/FontFile2"} <= set().union(*(descriptor for descriptor in descriptors if descriptor))


def test_demonstration_data_is_marked_on_every_page(report, cast):
    Organisation.objects.update(is_fictional=True)
    fictional = coordination_report(first_day=NOVEMBER[0], last_day=NOVEMBER[1], user=cast.sofia)
    pages = [plain(page.extract_text()) for page in pdf_of(fictional).pages]
    assert all("Données de démonstration" in page for page in pages)


def test_long_names_and_markup_are_written_whole(cast):
    name = "Association <b>Tom & Jeanne</b> pour l’accès de toutes et tous à la culture numérique du quartier nord"
    organisation = Organisation.objects.create(name=name, kind="other", side=Side.PARTNER)
    mediator = Mediator.objects.create(organisation=organisation, first_name="Zoé", last_name="Blanc")
    activity(mediator, {"people": 6}, site=cast.empalot)
    report = coordination_report(first_day=NOVEMBER[0], last_day=NOVEMBER[1], user=cast.sofia)
    assert name.replace(" ", "") in text_of(pdf_of(report)).replace(" ", "")


def test_a_single_month_is_not_compared_with_itself(report):
    assert "months" not in {table.key for table in all_tables(report)}
    assert "mois par mois" not in text_of(pdf_of(report))
    assert "Accompagnements mois par mois" not in openpyxl.load_workbook(io.BytesIO(write_xlsx(report))).sheetnames


def test_two_months_are_compared(report, cast):
    autumn = coordination_report(first_day=dt.date(2026, 10, 1), last_day=NOVEMBER[1], user=cast.sofia)
    assert "Accompagnements mois par mois" in text_of(pdf_of(autumn))


def test_tables_that_are_read_together_share_a_page_and_stand_in_the_outline(report):
    document = pdf_of(report)
    entries = {entry["/Title"]: document.get_destination_page_number(entry) for entry in document.outline}
    assert entries["Démarches, par thème"] == entries["Ce qui bloque"]
    assert set(entries) == {"L’essentiel", *(table.title for table in all_tables(report)), "Comment on compte"}


def test_an_empty_period_makes_a_document_that_says_so(cast):
    report = coordination_report(first_day=dt.date(2020, 1, 1), last_day=dt.date(2020, 1, 31), user=cast.sofia)
    assert "Rien dans cette période" in text_of(pdf_of(report))
    assert openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["Activité"]["B4"].value == 0
