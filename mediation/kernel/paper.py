"""What every document on paper shares: the font drawn for low vision, and texts that it has every sign of."""

from functools import cache
from html import escape
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from mediation.kernel.formats import JOINER, NARROW, NO_BREAK

FONTS = Path(__file__).resolve().parent / "fonts"
REGULAR = "AtkinsonHyperlegible"
BOLD = "AtkinsonHyperlegible-Bold"


@cache
def register_fonts() -> None:
    """Make both weights known to reportlab, and tie them so that <b> works in a paragraph."""
    pdfmetrics.registerFont(TTFont(REGULAR, FONTS / "AtkinsonHyperlegible-Regular.ttf"))
    pdfmetrics.registerFont(TTFont(BOLD, FONTS / "AtkinsonHyperlegible-Bold.ttf"))
    pdfmetrics.registerFontFamily(REGULAR, normal=REGULAR, bold=BOLD, italic=REGULAR, boldItalic=BOLD)


def written(text: str) -> str:
    """Return a text that the font has every sign of: it lacks the narrow space of French numbers."""
    return str(text).replace(NARROW, NO_BREAK).replace(JOINER, "")


def markup(text: str) -> str:
    """Return a text for a paragraph: what people typed is no markup."""
    return escape(written(text), quote=False)


def can_write(text: str) -> bool:
    """Say whether the font has every sign of a text: it knows the Latin alphabet only."""
    register_fonts()
    known = pdfmetrics.getFont(REGULAR).face.charToGlyph
    return all(ord(sign) in known for sign in written(text) if not sign.isspace())
