"""Letters on paper: one page each, folded in three for a window envelope (DL, NF Z 11-001), in large type."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from reportlab.lib.colors import HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, KeepInFrame, Paragraph

from directory.enums import Language
from directory.models import Beneficiary
from mediation.kernel import formats, paper
from mediation.kernel.colours import darkened_until_readable
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.models import Attempt
from mediation.messaging.wording import Words, render, subject
from mediation.messaging.wording.rendering import written_language

WIDTH, HEIGHT = A4
INK, INK_SOFT = HexColor("#000000"), HexColor("#4a4038")
LEFT = RIGHT = 20 * mm
# The address stands 20 mm from the right edge, 45 to 85 mm from the top. A folded page has room in its envelope: what
# shows in the window however it slips lies around the middle line, and right of the inset.
WINDOW_LEFT, WINDOW_MIDDLE = WIDTH - 110 * mm, HEIGHT - 67 * mm
ADDRESS_INSET = 5 * mm
FOLDS = (HEIGHT - 99 * mm, HEIGHT - 198 * mm)
BODY_TOP, BODY_BOTTOM = HEIGHT - 105 * mm, 25 * mm
TEXT_SIZE, ADDRESS_SIZE = 16, 14
PICTURES = {".png", ".jpg", ".jpeg"}
MARK = 34  # the side of the drawing of our bridge, as in mark.svg


@dataclass(frozen=True)
class Letter:
    """One letter: its language, the lines of its address, who sends it, its object and its paragraphs."""

    language: str
    address: list[str]
    sender: list[str]
    subject: str
    paragraphs: list[str]


def letter_of(attempt: Attempt) -> Letter:
    """Return what an attempt by letter says; in French where no font of ours has the letters of a text."""
    message = attempt.message
    kind, text, language = MessageKind(message.kind), attempt.said, message.language
    if not paper.face_for(text) and message.words:
        text, language = render(kind, Medium.LETTER, Words.from_json(message.words)), Language.FR
    return Letter(
        language=written_language(language),
        address=address_lines(message.beneficiary, attempt.said_to),
        sender=[settings.NETWORK_NAME, message.organisation.name, settings.NETWORK_PHONE],
        subject=subject(kind, language),
        paragraphs=[line.strip() for line in text.split("\n\n") if line.strip()],
    )


def address_lines(person: Beneficiary | None, kept: str) -> list[str]:
    """Return the lines of the address as they are on file today, else as they were when the letter was planned."""
    name = f"{person.get_title_display()} {person.first_name} {person.last_name}" if person else ""
    on_file = person.postal_address.splitlines() if person and person.postal_address.strip() else kept.split(",")
    return [line.strip() for line in (name, *on_file) if line.strip()]


def write_letters(letters: Iterable[Letter]) -> bytes:
    """Return all letters as one document."""
    paper.register_fonts()
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, lang="fr-FR")
    canvas.setTitle(_("Lettres"))
    canvas.setAuthor(settings.NETWORK_NAME)
    for letter in letters:
        with translation.override(letter.language):
            _draw(canvas, letter)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _draw(canvas: Canvas, letter: Letter) -> None:
    _draw_sender(canvas, letter)
    _draw_address(canvas, letter)
    _draw_folds(canvas)
    today = formats.long_day(timezone.localdate(), year=True)
    face = paper.face_for(" ".join([letter.subject, *letter.paragraphs])) or paper.LATIN
    story = [
        _paragraph(_("À %(city)s, le %(day)s") % {"city": settings.NETWORK_CITY, "day": today}, face),
        _paragraph(letter.subject, face, is_strong=True),
        *(_paragraph(text, face) for text in letter.paragraphs),
    ]
    width, height = WIDTH - LEFT - RIGHT, BODY_TOP - BODY_BOTTOM
    # A city's own text may be long: it is made smaller rather than cut.
    Frame(LEFT, BODY_BOTTOM, width, height, 0, 0, 0, 0).addFromList([KeepInFrame(width, height, story)], canvas)


def _paragraph(text: str, face: paper.Face, *, is_strong: bool = False) -> Flowable:
    """Return a paragraph, read from the side where its letters begin."""
    font = face.bold if is_strong else face.regular
    size = {"fontSize": TEXT_SIZE, "leading": TEXT_SIZE * 1.4, "spaceAfter": TEXT_SIZE * 0.7}
    look = ParagraphStyle(name=font, fontName=font, **size)
    if face.is_from_right:
        return paper.FromRight(text, look)
    return Paragraph(paper.markup(text).replace("\n", "<br/>"), look)


def _draw_sender(canvas: Canvas, letter: Letter) -> None:
    """Draw who writes, on the left, above the window."""
    top = HEIGHT - 15 * mm
    x = LEFT + (_draw_logo(canvas, LEFT, top) and 14 * mm)
    for number, line in enumerate(letter.sender):
        text, face = paper.line(line)
        canvas.setFont(face.bold if number == 0 else face.regular, 14 if number == 0 else 12)
        canvas.setFillColor(INK if number == 0 else INK_SOFT)
        canvas.drawString(x, top - 4 * mm - number * 6 * mm, text)


def _draw_logo(canvas: Canvas, x: float, top: float) -> bool:
    """Draw the network's picture where it is one of our own files, our bridge where there is none."""
    side = 11 * mm
    if settings.NETWORK_LOGO_URL:
        picture = finders.find(settings.NETWORK_LOGO_URL.removeprefix(settings.STATIC_URL))
        if not picture or Path(picture).suffix.lower() not in PICTURES:
            return False
        canvas.drawImage(picture, x, top - side, side, side, mask="auto", preserveAspectRatio=True)
        return True
    canvas.saveState()
    canvas.translate(x, top)
    canvas.scale(side / MARK, -side / MARK)
    canvas.setFillColor(HexColor(darkened_until_readable(settings.NETWORK_COLOUR_ACCENT)))
    canvas.rect(1, 6, 32, 24, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#ffffff"))
    for left in (3.5, 19.5):
        canvas.ellipse(left, 22, left + 11, 38, stroke=0, fill=1)
    canvas.setFillColor(HexColor("#9cc8e0"))
    canvas.circle(17, 14, 4, stroke=0, fill=1)
    canvas.restoreState()
    return True


def _draw_address(canvas: Canvas, letter: Letter) -> None:
    leading = ADDRESS_SIZE * 1.15
    height = len(letter.address) * leading
    y = WINDOW_MIDDLE + height / 2 - ADDRESS_SIZE
    room = WIDTH - RIGHT - WINDOW_LEFT - ADDRESS_INSET
    canvas.setFillColor(INK)
    for line in letter.address:
        text, face = paper.line(line)
        size = min(ADDRESS_SIZE, ADDRESS_SIZE * room / max(canvas.stringWidth(text, face.regular, ADDRESS_SIZE), 1))
        canvas.setFont(face.regular, size)
        canvas.drawString(WINDOW_LEFT + ADDRESS_INSET, y, text)
        y -= leading


def _draw_folds(canvas: Canvas) -> None:
    canvas.setStrokeColor(INK_SOFT)
    canvas.setLineWidth(0.4)
    for y in FOLDS:
        canvas.line(5 * mm, y, 10 * mm, y)
