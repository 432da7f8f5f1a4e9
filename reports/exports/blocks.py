"""The pieces of the document: tables with repeated headers, bars, the chart of months, tiles of key figures."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, Rect, String
from reportlab.lib.colors import white
from reportlab.platypus import Flowable, LongTable, Paragraph, Spacer, TableStyle
from reportlab.platypus import Table as Grid

from mediation.kernel import formats, paper
from reports.exports import style
from reports.selectors import CoordinationReport
from reports.tables import Cell, KeyFigure, Row, Table, Tone, hidden_note

BAR_SHARE = 3.0
NARROW_BAR_SHARE = 1.3
WIDEST_MONTH = 60
BAR_HEIGHT = 8
TILES_PER_ROW = 4


class Heading(Paragraph):
    """A title that also stands in the outline that readers of the file navigate by."""

    def __init__(self, text: str, key: str, size: float = 18) -> None:
        super().__init__(paper.markup(text), style.style(size, bold=True, spaceAfter=size / 2.25))
        self.key = key

    def draw(self) -> None:
        """Draw it, and note where."""
        self.canv.bookmarkPage(self.key)
        self.canv.addOutlineEntry(self.getPlainText(), self.key, level=0)
        super().draw()


def side_by_side(left: list[Flowable], right: list[Flowable]) -> Grid | None:
    """Return two halves of a page; None where one of them is too tall for a page."""
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
        ]
    )
    grid = Grid([[left, "", right]], colWidths=[half_width(), style.GUTTER, half_width()], style=look)
    _width, height = grid.wrap(style.WIDTH, style.HEIGHT)
    return grid if height <= style.HEIGHT else None


def half_width() -> float:
    """Return the width of a half page."""
    return (style.WIDTH - style.GUTTER) / 2


def table_block(table: Table, colours: style.Colours, width: float = style.WIDTH) -> list[Flowable]:
    """Return a table and its notes; its header comes back on every page."""
    shares = [column.share for column in table.columns]
    if table.chart is not None:
        shares.append(BAR_SHARE if width == style.WIDTH else NARROW_BAR_SHARE)
    widths = [width * share / sum(shares) for share in shares]
    dense = len(table.columns) > 9
    rows = [_header(table, dense), *_body(table, widths, colours, dense)]
    grid = LongTable(rows, colWidths=widths, repeatRows=1, style=_grid_style(table, dense), splitByRow=1)
    notes = [*table.notes, *([hidden_note()] if table.has_hidden else [])]
    small = style.style(8.5, colour=style.INK_SOFT, spaceBefore=3)
    return [grid, *(Paragraph(paper.markup(note), small) for note in notes)]


def tiles_block(figures: Sequence[KeyFigure], colours: style.Colours) -> Grid:
    """Return the key figures, four to a row."""
    cells = [_tile(figure, colours) for figure in figures]
    rows = [cells[i : i + TILES_PER_ROW] for i in range(0, len(cells), TILES_PER_ROW)]
    rows[-1] += [""] * (TILES_PER_ROW - len(rows[-1]))
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEABOVE", (0, 0), (-1, -1), 2, white),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 14),
            ("TOPPADDING", (0, 0), (-1, -1), 4),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 12),
        ]
    )
    return Grid(rows, colWidths=[style.WIDTH / TILES_PER_ROW] * TILES_PER_ROW, style=look)


def notice_block(title: str, sentences: Sequence[str]) -> Grid:
    """Return what a reader must know before the figures, in a box."""
    strong = style.style(12, bold=True, colour=style.WARN, spaceAfter=3)
    words = style.style(10.5, leftIndent=10, bulletIndent=0)
    lines = [Paragraph(paper.markup(sentence), words, bulletText="•") for sentence in sentences]
    look = TableStyle(
        [
            ("BACKGROUND", (0, 0), (-1, -1), style.WARN_SOFT),
            ("LINEBEFORE", (0, 0), (0, -1), 4, style.WARN),
            ("LEFTPADDING", (0, 0), (-1, -1), 12),
            ("TOPPADDING", (0, 0), (-1, 0), 8),
            ("TOPPADDING", (0, 1), (-1, -1), 1),
            ("BOTTOMPADDING", (0, 0), (-1, -2), 1),
            ("BOTTOMPADDING", (0, -1), (-1, -1), 9),
        ]
    )
    rows = [[Paragraph(paper.markup(title), strong)], *([line] for line in lines)]
    return Grid(rows, colWidths=[style.WIDTH], style=look)


def definitions_block(definitions: Sequence[tuple[str, str]]) -> Grid:
    """Return how each word of the report is counted."""
    name, words = style.style(10, bold=True), style.style(10)
    rows = [[Paragraph(paper.markup(term), name), Paragraph(paper.markup(text), words)] for term, text in definitions]
    look = TableStyle(
        [
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("LINEBELOW", (0, 0), (-1, -2), 0.5, style.LINE),
            ("TOPPADDING", (0, 0), (-1, -1), 5),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ]
    )
    return Grid(rows, colWidths=[style.WIDTH * 0.24, style.WIDTH * 0.76], style=look)


def months_chart(report: CoordinationReport, colours: style.Colours) -> Drawing:
    """Return accompagnements month by month, individual under workshops; the table that follows says the same."""
    height = 165
    drawing = Drawing(style.WIDTH, height)
    chart = VerticalBarChart()
    chart.x, chart.y, chart.width, chart.height = 40, 30, style.WIDTH - 50, height - 65
    chart.data = [
        [line.individual for line in report.months],
        [line.in_workshops for line in report.months],
    ]
    chart.categoryAxis.style = "stacked"
    chart.categoryAxis.categoryNames = [line.month.label_among(len(report.months)) for line in report.months]
    for labels in (chart.categoryAxis.labels, chart.valueAxis.labels):
        labels.fontName, labels.fontSize, labels.fillColor = paper.REGULAR, 8.5, style.INK_SOFT
    chart.categoryAxis.strokeColor = style.LINE_STRONG
    chart.valueAxis.valueMin = 0
    chart.valueAxis.labelTextFormat = lambda value: paper.written(formats.number(int(value)))
    chart.valueAxis.strokeColor = None
    chart.valueAxis.visibleGrid, chart.valueAxis.gridStrokeColor = True, style.LINE
    chart.barWidth, chart.groupSpacing = 10, _space_between(chart.width / len(report.months))
    for index, colour in enumerate((colours.primary, colours.accent)):
        chart.bars[index].fillColor, chart.bars[index].strokeColor = colour, None
    drawing.add(chart)
    _add_legend(drawing, height, ((_("individuels"), colours.primary), (_("en atelier"), colours.accent)))
    return drawing


def gap(points: float) -> Spacer:
    """Return white space."""
    return Spacer(1, points)


def _add_legend(drawing: Drawing, height: float, entries: Sequence[tuple[str, object]]) -> None:
    x = 40.0
    for label, colour in entries:
        drawing.add(Rect(x, height - 20, 10, 10, fillColor=colour, strokeColor=None))
        drawing.add(String(x + 15, height - 19, label, fontName=paper.REGULAR, fontSize=10, fillColor=style.INK))
        x += 100


def _space_between(place: float) -> float:
    """Return the space beside a column of 10, so that few months do not make walls: in the chart's own measure."""
    return max(4.0, 10 * place / WIDEST_MONTH - 10)


def _tile(figure: KeyFigure, colours: style.Colours) -> list[Paragraph]:
    return [
        Paragraph(paper.markup(figure.figure), style.style(24, bold=True, colour=colours.accent)),
        Paragraph(paper.markup(figure.label), style.style(11, bold=True)),
        Paragraph(paper.markup(figure.detail), style.style(9.5, colour=style.INK_SOFT)),
    ]


def _header(table: Table, dense: bool) -> list[object]:
    size = 7 if dense else 8.5
    cells: list[object] = [
        Paragraph(paper.markup(column.label), style.style(size, bold=True, right=not column.is_text))
        for column in table.columns
    ]
    if table.chart is not None:
        cells.append(Paragraph(paper.markup(table.chart_label), style.style(size, colour=style.INK_SOFT)))
    return cells


def _body(table: Table, widths: Sequence[float], colours: style.Colours, dense: bool) -> list[list[object]]:
    longest = max((value for _label, value in table.bars if value), default=0)
    bars = [_bar(value, longest, widths[-1], colours) for _label, value in table.bars]
    body = []
    for index, (row, cells) in enumerate(table.lines):
        flowables = [_cell(cell, row, dense) for cell in cells]
        flowables += [""] * (len(table.columns) - len(flowables))
        body.append([*flowables, bars[index]] if bars else flowables)
    return body


def _cell(cell: Cell, row: Row, dense: bool) -> Paragraph:
    size = 8.5 if dense else 9.5
    bold = row.tone is not Tone.PLAIN
    colour = style.INK_SOFT if cell.is_absent else style.INK
    look = style.style(size, bold=bold, right=not cell.column.is_text, colour=colour)
    return Paragraph(paper.markup(cell.text), look)


def _bar(value: float | None, longest: float, width: float, colours: style.Colours) -> Drawing | str:
    """Return a horizontal bar, or nothing where the figure is hidden."""
    if not value:
        return ""
    drawing = Drawing(width - 14, BAR_HEIGHT)
    length = (width - 14) * value / longest
    drawing.add(Rect(0, 0, length, BAR_HEIGHT, fillColor=colours.accent, strokeColor=None, rx=1, ry=1))
    return drawing


def _grid_style(table: Table, dense: bool) -> TableStyle:
    side = 2.5 if dense else 5
    commands: list[tuple[object, ...]] = [
        ("BACKGROUND", (0, 0), (-1, 0), style.SUNK),
        ("LINEBELOW", (0, 0), (-1, 0), 1, style.LINE_STRONG),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, style.LINE),
        ("TOPPADDING", (0, 0), (-1, -1), 2.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.5),
        ("LEFTPADDING", (0, 0), (-1, -1), side),
        ("RIGHTPADDING", (0, 0), (-1, -1), side),
    ]
    for y, row in enumerate(table.rows, start=1):
        if row.tone is Tone.GROUP:
            commands += [("SPAN", (0, y), (-1, y)), ("BACKGROUND", (0, y), (-1, y), style.PAPER)]
        elif row.tone in {Tone.SUBTOTAL, Tone.TOTAL}:
            weight = 1.2 if row.tone is Tone.TOTAL else 0.7
            commands.append(("LINEABOVE", (0, y), (-1, y), weight, style.LINE_STRONG))
    return TableStyle(commands)
