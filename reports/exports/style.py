"""How the document looks: the font drawn for low vision, the city's two colours, paper and ink."""

from dataclasses import dataclass

from django.conf import settings
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from mediation.kernel.colours import darkened_until_readable
from mediation.kernel.paper import BOLD, REGULAR

PAGE = landscape(A4)
MARGIN = 16 * mm
WIDTH = PAGE[0] - 2 * MARGIN
HEIGHT = PAGE[1] - 40 * mm  # of what stands between the running header and the foot of a page
GUTTER = 9 * mm

INK = HexColor("#241f1a")
INK_SOFT = HexColor("#564b40")
LINE = HexColor("#e2d5c3")
LINE_STRONG = HexColor("#85755f")
SUNK = HexColor("#f4ecdf")
PAPER = HexColor("#fbf7f0")
WARN = HexColor("#5f3d00")
WARN_SOFT = HexColor("#fcebc8")


@dataclass(frozen=True)
class Colours:
    """The network's two colours, readable on paper."""

    accent: Color
    primary: Color


def network_colours() -> Colours:
    """Return the colours of the settings."""
    return Colours(
        accent=HexColor(darkened_until_readable(settings.NETWORK_COLOUR_ACCENT)),
        primary=HexColor(darkened_until_readable(settings.NETWORK_COLOUR_PRIMARY)),
    )


def style(
    size: float, *, bold: bool = False, right: bool = False, colour: Color = INK, **more: float
) -> ParagraphStyle:
    """Return a paragraph style of the document's font."""
    return ParagraphStyle(
        name=f"{size}{bold}{right}",
        fontName=BOLD if bold else REGULAR,
        fontSize=size,
        leading=more.pop("leading", size * 1.25),
        textColor=colour,
        alignment=TA_RIGHT if right else 0,
        **more,
    )
