"""Letters: what waits, the document that goes into window envelopes, and what was posted."""

import io
import unicodedata

import pytest
from django.urls import reverse
from pypdf import PdfReader

from directory.enums import Language
from directory.models import Beneficiary
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.wording import Words, render
from mediation.privacy.models import JournalEntry
from tests.cast import at
from tests.messaging.rows import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
MM = 72 / 25.4
PAPER_WIDTH = 210
WINDOW = (100, 190, 297 - 85, 297 - 45)  # left, right, bottom, top, in millimetres from the foot of an A4


def letter(cast, number=1, language="fr", **fields):
    person = Beneficiary.objects.create(
        title="ms",
        first_name="Huguette",
        last_name=f"Étienne {number}",
        postal_address="12, rue des Lois\nBâtiment B\n31000 TOULOUSE",
        language=language,
    )
    words = Words(starts_at=at(14, 30, days=6), place="médiathèque Empalot", reference="48210733")
    return make(
        cast,
        number,
        beneficiary=person,
        medium=Medium.LETTER,
        recipient="12, rue des Lois, Bâtiment B, 31000 TOULOUSE",
        body=render(MessageKind.BOOKED, Medium.LETTER, words, language=language),
        words=words.to_json(),
        **{"language": language, "useless_after": at(14, 30, days=6), **fields},
    )


def page(client):
    return client.get(reverse("messaging:letters")).content.decode()


def pdf(client, **query):
    response = client.get(reverse("messaging:letters_pdf"), query)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/pdf"
    return PdfReader(io.BytesIO(response.content))


def placed(sheet):
    """Return each text of a page with its size and the millimetres of its beginning."""
    found = []

    def note(text, _cm, matrix, _font, size):
        if text.strip():
            found.append((text.strip(), round(size * matrix[0] or size), matrix[4] / MM, matrix[5] / MM))

    sheet.extract_text(visitor_text=note)
    return found


def test_one_page_each_with_the_words_of_the_letter(cast, sign_in):
    letter(cast, 1)
    letter(cast, 2)
    document = pdf(sign_in(cast.claire))
    assert len(document.pages) == 2
    text = " ".join(document.pages[0].extract_text().split())
    for words in (
        "Madame Huguette Étienne 1",
        "31000 TOULOUSE",
        "Toulouse numérique ensemble",
        "05 36 49 00 00",
        "À Toulouse, le mardi 1er décembre 2026",
        "lundi 7 décembre",
        "48 21 07 33",
    ):
        assert words in text
    assert JournalEntry.objects.filter(action=JournalEntry.Action.EXPORT).count() == 2


def test_only_the_address_shows_in_the_window(cast, sign_in):
    letter(cast)
    texts = placed(pdf(sign_in(cast.claire)).pages[0])
    left, right, bottom, top = WINDOW
    shown = [text for text, _size, x, y in texts if bottom <= y <= top and x < 210]
    assert shown == ["Madame Huguette Étienne 1", "12, rue des Lois", "Bâtiment B", "31000 TOULOUSE"]
    assert all(left <= x < right for text, _size, x, _y in texts if text in shown)


def test_the_letter_is_in_large_type(cast, sign_in):
    letter(cast)
    sheet = pdf(sign_in(cast.claire)).pages[0]
    assert {size for _text, size, _x, y in placed(sheet) if y < WINDOW[2]} == {16}
    fonts = {font["/BaseFont"] for font in (f.get_object() for f in sheet["/Resources"]["/Font"].values())}
    assert any("AtkinsonHyperlegible" in font for font in fonts)


def fonts_of(sheet):
    return {font.get_object()["/BaseFont"].partition("+")[2] for font in sheet["/Resources"]["/Font"].values()}


def test_a_letter_in_ukrainian_has_its_letters(cast, sign_in):
    letter(cast, language=Language.UK)
    sheet = pdf(sign_in(cast.claire)).pages[0]
    text = " ".join(sheet.extract_text().split())
    assert "понеділок, 7 грудня" in text
    assert "Madame Huguette Étienne 1" in text
    assert any(font.startswith("NotoSans") for font in fonts_of(sheet))


def test_a_letter_in_arabic_joins_its_letters_and_begins_at_the_right(cast, sign_in):
    letter(cast, language=Language.AR)
    sheet = pdf(sign_in(cast.claire)).pages[0]
    drawn = sheet.extract_text()
    text = unicodedata.normalize("NFKC", drawn)
    # Drawn in the forms that join, which are read as the letters themselves.
    assert "الاثنين" in text
    assert "الاثنين" not in drawn
    greeting = next(x for words, _size, x, _y in placed(sheet) if "السلام" in unicodedata.normalize("NFKC", words))
    assert greeting > PAPER_WIDTH / 2
    assert "14:30" in text
    assert "médiathèque Empalot" in text
    assert any(font.startswith("Cairo") for font in fonts_of(sheet))


@pytest.mark.parametrize(("language", "font"), [("fr", "Atkinson"), ("ar", "Cairo"), ("uk", "NotoSans")])
def test_a_letter_says_how_deaf_people_call(cast, sign_in, settings, language, font):
    settings.NETWORK_RELAY_URL = "https://relais.example.org/toulouse/"
    letter(cast, language=language)
    sheet = pdf(sign_in(cast.claire)).pages[0]
    assert "relais.example.org/toulouse" in " ".join(sheet.extract_text().split())
    assert any(name.startswith(font) for name in fonts_of(sheet)), "its own letters, not the French text instead"


def test_what_no_font_can_write_is_said_in_french(cast, sign_in):
    message = letter(cast, language=Language.AR)
    message.attempts.update(body="\u4e2d\u6587")
    text = " ".join(pdf(sign_in(cast.claire)).pages[0].extract_text().split())
    assert "Vous avez rendez-vous lundi 7 décembre" in text


def test_another_language_of_our_alphabet_stays(cast, sign_in):
    letter(cast, language=Language.ES)
    assert "lunes 7 de diciembre" in " ".join(pdf(sign_in(cast.claire)).pages[0].extract_text().split())


def test_one_letter_alone(cast, sign_in):
    letter(cast, 1)
    second = letter(cast, 2)
    document = pdf(sign_in(cast.claire), lettre=second.uid)
    assert "Étienne 2" in document.pages[0].extract_text()
    assert len(document.pages) == 1


def test_letters_wait_four_days_before_they_are_due(cast, sign_in):
    near = letter(cast, 1, due_at=at(9, days=4), useless_after=at(9, days=7))
    far = letter(cast, 2, due_at=at(9, days=5), useless_after=at(9, days=8))
    text = page(sign_in(cast.claire))
    assert str(near.uid) in text
    assert str(far.uid) not in text


def test_a_letter_that_the_post_cannot_bring_in_time_says_so(cast, sign_in):
    letter(cast, useless_after=at(9, days=1))
    assert "ne l’apportera plus à temps" in page(sign_in(cast.claire))


def test_posted_letters_are_noted_and_may_be_taken_back(cast, sign_in):
    chosen, kept = letter(cast, 1), letter(cast, 2)
    client, address = sign_in(cast.claire), reverse("messaging:note_posted")
    answer = client.post(address, {"lettre": [chosen.uid]}, follow=True).content.decode()
    assert "1 lettre postée" in answer
    assert "Postées depuis hier" in answer
    attempt = chosen.attempts.get()
    assert (attempt.state, attempt.sent_at) == (AttemptState.SENT, at(9))
    assert kept.attempts.get().state == AttemptState.WAITING
    sheet = client.get(reverse("messaging:sheet", args=[chosen.uid])).content.decode()
    assert f"Postée par {cast.claire}" in sheet
    answer = client.post(address, {"lettre": [chosen.uid], "undo": "1"}, follow=True).content.decode()
    assert "de nouveau à poster" in answer
    assert chosen.attempts.get().state == AttemptState.WAITING
    assert chosen.attempts.get().sent_at is None
    assert chosen.attempts.get().done_by is None


@pytest.mark.parametrize("chosen", [[], ["oops"], ["00000000-0000-0000-0000-000000000000"]])
def test_nothing_chosen_changes_nothing(cast, sign_in, chosen):
    letter(cast)
    answer = sign_in(cast.claire).post(reverse("messaging:note_posted"), {"lettre": chosen}, follow=True)
    assert "Rien n’a changé" in answer.content.decode()


def test_letters_of_others_are_theirs(cast, sign_in):
    other = letter(cast, organisation=cast.partner)
    client = sign_in(cast.claire)
    assert "Aucune lettre" in page(client)
    assert client.get(reverse("messaging:letters_pdf"), {"lettre": other.uid}).status_code == 404
    client.post(reverse("messaging:note_posted"), {"lettre": [other.uid]})
    assert other.attempts.get().state == AttemptState.WAITING


def test_no_letter_no_document(cast, sign_in):
    assert sign_in(cast.claire).get(reverse("messaging:letters_pdf")).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_letter_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    client = sign_in(cast.claire)
    for number in range(rows):
        letter(cast, number)
    with django_assert_num_queries(5):
        assert page(client).count("Imprimer celle-ci") == rows
