"""The report as a document that one hands out in a meeting."""

import io

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Paragraph

from mediation.kernel import formats, paper
from reports.exports import style
from reports.exports.blocks import (
    Heading,
    definitions_block,
    gap,
    half_width,
    months_chart,
    notice_block,
    side_by_side,
    table_block,
    tiles_block,
)
from reports.exports.pages import INNER, NumberedCanvas, ReportTemplate
from reports.selectors import CoordinationReport
from reports.tables import Table, all_tables, definitions, key_figures, warnings

# Tables to be read together, in two halves of a page, by the one that comes first.
TOGETHER = {
    "demarches": (("demarches",), ("obstacles",)),
    "themes": (("themes",), ("ages", "genders", "statuses")),
}
# Tables that begin a page of their own: the others follow where there is room.
OWN_PAGE = {"missing", "months", "demarches", "ages", "quartiers", "sites", "demarches_cross"}


def write_pdf(report: CoordinationReport) -> bytes:
    """Return the document."""
    paper.register_fonts()
    colours = style.network_colours()
    buffer = io.BytesIO()
    template = ReportTemplate(buffer, report, colours)
    template.build(_story(report, colours), canvasmaker=NumberedCanvas)
    return buffer.getvalue()


def _story(report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    story = [*_cover(report, colours), NextPageTemplate(INNER), PageBreak(), *_summary(report, colours)]
    story += _sections(report, colours)
    definitions_page = [Heading(_("Comment on compte"), "definitions"), definitions_block(definitions())]
    return [*story, PageBreak(), *definitions_page]


def _cover(report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    made = f"{formats.long_day(report.made_at, year=True)}, {formats.hour(report.made_at)}"
    lines = [
        (settings.NETWORK_NAME, style.style(18, bold=True, colour=colours.primary)),
        (_("Rapport de coordination"), style.style(40, bold=True, spaceBefore=10 * mm)),
        (
            report.period.title[0].upper() + report.period.title[1:],
            style.style(24, colour=colours.accent, spaceBefore=4 * mm),
        ),
        (
            _("L’inclusion numérique à %(city)s : services municipaux et partenaires, côte à côte.")
            % {"city": settings.NETWORK_CITY},
            style.style(14, colour=style.INK_SOFT, spaceBefore=14 * mm),
        ),
        (_("Édité le %(day)s.") % {"day": made}, style.style(12, colour=style.INK_SOFT, spaceBefore=3 * mm)),
    ]
    cover: list[Flowable] = [gap(28 * mm), *(Paragraph(paper.markup(text), look) for text, look in lines)]
    if report.is_fictional:
        words = _("Données de démonstration : ces chiffres sont inventés et ne disent rien d’une structure réelle.")
        cover += [gap(12 * mm), notice_block(_("Démonstration"), [words])]
    return cover


def _summary(report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    """Return the first page: the figures that matter, then what is missing from them."""
    summary: list[Flowable] = [Heading(_("L’essentiel"), "summary")]
    if report.is_empty:
        words = _("Aucune activité, aucun rendez-vous et aucun atelier dans cette période. Vérifiez les dates.")
        summary += [notice_block(_("Rien dans cette période"), [words]), gap(14)]
    summary.append(tiles_block(key_figures(report), colours))
    if sentences := warnings(report):
        summary += [gap(6), notice_block(_("Ce qui manque à ces chiffres"), sentences)]
    return summary


def _sections(report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    """Return every table, those that are read together side by side where a page holds them."""
    waiting = {table.key: table for table in all_tables(report)}
    story: list[Flowable] = []
    while waiting:
        key = next(iter(waiting))
        columns = [[waiting[each] for each in column if each in waiting] for column in TOGETHER.get(key, ())]
        if halves := _halves(columns, colours):
            story += [PageBreak(), halves]
            used = {table.key for column in columns for table in column}
            waiting = {each: table for each, table in waiting.items() if each not in used}
        else:
            story += _section(waiting.pop(key), report, colours)
    return story


def _halves(columns: list[list[Table]], colours: style.Colours) -> Flowable | None:
    if not columns or not all(columns):
        return None
    left, right = (_half(column, colours) for column in columns)
    return side_by_side(left, right)


def _half(tables: list[Table], colours: style.Colours) -> list[Flowable]:
    parts: list[Flowable] = []
    for table in tables:
        space = [gap(8)] if parts else []
        parts += [*space, Heading(table.title, table.key, size=15), *table_block(table, colours, half_width())]
    return parts


def _section(table: Table, report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    heading = Heading(table.title, table.key)
    chart: list[Flowable] = [months_chart(report, colours), gap(6)] if table.key == "months" else []
    block = table_block(table, colours)
    if table.key in OWN_PAGE:
        return [PageBreak(), heading, *chart, *block]
    return [gap(18), KeepTogether([heading, *chart, *block])]
