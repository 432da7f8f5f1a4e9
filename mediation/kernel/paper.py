"""What every document on paper shares: the fonts, texts that they have every sign of, and lines from right to left."""

from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path

from arabic_reshaper import ArabicReshaper
from bidi import get_display
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable

from mediation.kernel.assets import VENDOR_DIR
from mediation.kernel.formats import JOINER, NARROW, NO_BREAK

FONTS = Path(__file__).resolve().parent / "fonts"
REGULAR = "AtkinsonHyperlegible"
BOLD = "AtkinsonHyperlegible-Bold"
# Fonts know a letter that stands alone by its own code.
JOINED = ArabicReshaper({"use_unshaped_instead_of_isolated": True})
# Marks that say which way to read, of which paper shows nothing.
MARKS = dict.fromkeys(map(ord, f"{JOINER}\u200e\u200f\u2066\u2067\u2068\u2069"))


@dataclass(frozen=True)
class Face:
    """Both weights of one font, by the names under which documents use them."""

    regular: str
    bold: str
    folder: Path
    is_from_right: bool = False


# The one drawn for low vision knows Latin letters only.
LATIN = Face(REGULAR, BOLD, FONTS)
CYRILLIC = Face("NotoSans", "NotoSans-Bold", VENDOR_DIR / "noto-sans")
ARABIC = Face("Cairo", "Cairo-Bold", VENDOR_DIR / "cairo", is_from_right=True)


def register_fonts() -> None:
    """Make the font of most documents known to reportlab."""
    _register(LATIN)


@cache
def _register(face: Face) -> None:
    """Make both weights known, tied so that <b> works in a paragraph."""
    for name in (face.regular, face.bold):
        file = name if "-" in name else f"{name}-Regular"
        pdfmetrics.registerFont(TTFont(name, face.folder / f"{file}.ttf"))
    family = {"normal": face.regular, "bold": face.bold, "italic": face.regular, "boldItalic": face.bold}
    pdfmetrics.registerFontFamily(face.regular, **family)


def written(text: str) -> str:
    """Return a text that the font has every sign of: it lacks the narrow space of French numbers."""
    return str(text).replace(NARROW, NO_BREAK).translate(MARKS)


def markup(text: str) -> str:
    """Return a text for a paragraph: what people typed is no markup."""
    return escape(written(text), quote=False)


def face_for(text: str) -> Face | None:
    """Return the first font that has every sign of a text, None where no font has."""
    return next((face for face in (LATIN, CYRILLIC, ARABIC) if _has_signs_of(face, text)), None)


def line(text: str) -> tuple[str, Face]:
    """Return one line as it is drawn, from left to right, and the font to draw it in."""
    face = face_for(text) or LATIN
    return (seen(text) if face.is_from_right else written(text)), face


def seen(text: str) -> str:
    """Return a line of Arabic as it is drawn: letters joined, the last word first, Latin and numbers as they are."""
    return written(get_display(_joined(text), base_dir="R"))


class FromRight(Flowable):
    """A paragraph that is read from right to left: its lines are cut as one reads, then each is drawn as it is seen.

    reportlab shapes single lines only, and needs a compiler to order them.
    """

    def __init__(self, text: str, style: ParagraphStyle) -> None:
        super().__init__()
        self.text, self.style = text, style

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """Cut the lines for the width there is."""
        font, size = self.style.fontName, self.style.fontSize
        parts = [_joined(part) for part in self.text.splitlines()]
        self.lines = [cut for part in parts for cut in simpleSplit(part, font, size, available_width)]
        self.width, self.height = available_width, len(self.lines) * self.style.leading
        return self.width, self.height

    def draw(self) -> None:
        """Draw them from the right edge."""
        self.canv.setFont(self.style.fontName, self.style.fontSize)
        self.canv.setFillColor(self.style.textColor)
        for number, cut in enumerate(self.lines):
            baseline = self.height - number * self.style.leading - self.style.fontSize
            self.canv.drawRightString(self.width, baseline, seen(cut))


def _joined(text: str) -> str:
    return JOINED.reshape(str(text).replace(NARROW, NO_BREAK))


def _has_signs_of(face: Face, text: str) -> bool:
    _register(face)
    known = pdfmetrics.getFont(face.regular).face.charToGlyph
    signs = written(_joined(text) if face.is_from_right else text)
    return all(ord(sign) in known for sign in signs if not sign.isspace())
