"""The report as a document that one hands out in a meeting."""

import io

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, KeepTogether, NextPageTemplate, PageBreak, Paragraph

from mediation.kernel import formats
from reports.exports import style
from reports.exports.blocks import (
    definitions_block,
    gap,
    months_chart,
    notice_block,
    table_block,
    tiles_block,
)
from reports.exports.pages import INNER, NumberedCanvas, ReportTemplate
from reports.selectors import CoordinationReport
from reports.tables import Table, all_tables, definitions, key_figures, warnings

# Tables that begin a page of their own: the others follow where there is room.
OWN_PAGE = {"missing", "months", "demarches", "ages", "quartiers", "sites", "demarches_cross"}


def write_pdf(report: CoordinationReport) -> bytes:
    """Return the document."""
    style.register_fonts()
    colours = style.network_colours()
    buffer = io.BytesIO()
    template = ReportTemplate(buffer, report, colours)
    template.build(_story(report, colours), canvasmaker=NumberedCanvas)
    return buffer.getvalue()


def _story(report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    story = [*_cover(report, colours), NextPageTemplate(INNER), PageBreak(), *_summary(report, colours)]
    for table in all_tables(report):
        story += _section(table, report, colours)
    definitions_page = [_heading(_("Comment on compte"), colours), definitions_block(definitions())]
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
            _("L’inclusion numérique à %(city)s : services municipaux et partenaires, côte à côte.")
            % {"city": settings.NETWORK_CITY},
            style.style(14, colour=style.INK_SOFT, spaceBefore=14 * mm),
        ),
        (_("Édité le %(day)s.") % {"day": made}, style.style(12, colour=style.INK_SOFT, spaceBefore=3 * mm)),
    ]
    cover: list[Flowable] = [gap(28 * mm), *(Paragraph(style.markup(text), look) for text, look in lines)]
    if report.is_fictional:
        words = _("Données de démonstration : ces chiffres sont inventés et ne disent rien d’une structure réelle.")
        cover += [gap(12 * mm), notice_block(_("Démonstration"), [words])]
    return cover


def _summary(report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    """Return the first page: the figures that matter, then what is missing from them."""
    summary: list[Flowable] = [_heading(_("L’essentiel"), colours)]
    if report.is_empty:
        words = _("Aucune activité, aucun rendez-vous et aucun atelier dans cette période. Vérifiez les dates.")
        summary += [notice_block(_("Rien dans cette période"), [words]), gap(14)]
    summary.append(tiles_block(key_figures(report), colours))
    if sentences := warnings(report):
        summary += [gap(6), notice_block(_("Ce qui manque à ces chiffres"), sentences)]
    return summary


def _section(table: Table, report: CoordinationReport, colours: style.Colours) -> list[Flowable]:
    heading = _heading(table.title, colours)
    chart: list[Flowable] = [months_chart(report, colours), gap(6)] if table.key == "months" else []
    block = table_block(table, colours)
    if table.key in OWN_PAGE:
        return [PageBreak(), heading, *chart, *block]
    return [gap(18), KeepTogether([heading, *chart, *block])]


def _heading(text: str, colours: style.Colours) -> Paragraph:
    look = style.style(18, bold=True, spaceAfter=8)
    look.name = "heading"
    return Paragraph(style.markup(text), look)
