"""The pages of the document: a cover, then pages with a running header, the date and "page x / y"."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from mediation.kernel import formats, paper
from reports.exports import style
from reports.selectors import CoordinationReport

COVER, INNER = "cover", "inner"
BRICK = (46, 6, 2)  # length, height and mortar, as on the pages of the application


class NumberedCanvas(Canvas):
    """Write "page x / y" once the number of pages is known; the cover has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._pages: list[dict[str, Any]] = []

    def showPage(self) -> None:  # noqa: N802 — reportlab's name
        """Keep the page for later."""
        self._pages.append(dict(self.__dict__))
        self._startPage()

    def save(self) -> None:
        """Number and write every page."""
        for number, page in enumerate(self._pages, start=1):
            self.__dict__.update(page)
            if number > 1:
                self.setFont(paper.REGULAR, 9)
                self.setFillColor(style.INK_SOFT)
                words = _("page %(number)s / %(count)s") % {"number": number, "count": len(self._pages)}
                self.drawRightString(style.PAGE[0] - style.MARGIN, 10 * mm, words)
            super().showPage()
        super().save()


class ReportTemplate(BaseDocTemplate):
    """The document: its frames, its outline, and what its file says of itself."""

    def __init__(self, target: Any, report: CoordinationReport, colours: style.Colours) -> None:
        title = f"{_('Rapport de coordination')}, {report.period.title}"
        super().__init__(
            target,
            pagesize=style.PAGE,
            title=title,
            author=settings.NETWORK_NAME,
            subject=_("Inclusion numérique à %(city)s") % {"city": settings.NETWORK_CITY},
            lang="fr-FR",
            displayDocTitle=True,
        )
        self.report, self.colours = report, colours
        height = style.PAGE[1]
        inner = Frame(style.MARGIN, 17 * mm, style.WIDTH, style.HEIGHT, 0, 0, 0, 0)
        cover = Frame(style.MARGIN, 24 * mm, style.WIDTH, height - 62 * mm, 0, 0, 0, 0)
        self.addPageTemplates(
            [
                PageTemplate(COVER, [cover], onPage=self._draw_cover, autoNextPageTemplate=INNER),
                PageTemplate(INNER, [inner], onPage=self._draw_inner),
            ]
        )

    def _draw_cover(self, canvas: Canvas, document: Any) -> None:
        width, height = style.PAGE
        canvas.saveState()
        canvas.setFillColor(style.PAPER)
        canvas.rect(0, 0, width, height, stroke=0, fill=1)
        for course in range(5):
            self._lay_bricks(canvas, height - 8 - course * 8, course % 2)
        canvas.restoreState()

    def _lay_bricks(self, canvas: Canvas, y: float, offset: int) -> None:
        """Draw one course of long flat bricks across the page."""
        long, thick, mortar = BRICK
        canvas.setFillColor(self.colours.accent)
        x = -offset * (long + mortar) / 2
        while x < style.PAGE[0]:
            canvas.rect(x, y, long, thick, stroke=0, fill=1)
            x += long + mortar

    def _draw_inner(self, canvas: Canvas, document: Any) -> None:
        width, height = style.PAGE
        canvas.saveState()
        canvas.setFont(paper.BOLD, 9)
        canvas.setFillColor(self.colours.accent)
        canvas.drawString(style.MARGIN, height - 12 * mm, paper.written(settings.NETWORK_NAME))
        canvas.setFont(paper.REGULAR, 9)
        canvas.setFillColor(style.INK_SOFT)
        canvas.drawRightString(width - style.MARGIN, height - 12 * mm, paper.written(self.title))
        canvas.setStrokeColor(style.LINE)
        canvas.line(style.MARGIN, height - 14.5 * mm, width - style.MARGIN, height - 14.5 * mm)
        canvas.drawString(style.MARGIN, 10 * mm, paper.written(self._footer()))
        canvas.restoreState()

    def _footer(self) -> str:
        made = _("Édité le %(day)s") % {"day": formats.long_day(self.report.made_at, year=True)}
        return f"{made} · {_('Données de démonstration')}" if self.report.is_fictional else made
