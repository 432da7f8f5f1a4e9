"""Every text message fits one part with the longest real values, and says nothing it must not."""

import datetime as dt

import pytest
from django.test import override_settings

from mediation.kernel.gsm7 import count_parts, is_gsm7
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.wording import APPOINTMENT_SHORT, WORKSHOP_SHORT, Words, render, subject
from tests.cast import PARIS

LONGEST_PLACE = "x" * 48
EVERY_DAY = [dt.datetime(2026, 1, 1, 14, 30, tzinfo=PARIS) + dt.timedelta(days=n) for n in range(365)]
EVERY_MESSAGE = [
    *((kind, False) for kind in APPOINTMENT_SHORT),
    *((kind, True) for kind in WORKSHOP_SHORT),
]


def words(starts_at, *, is_workshop=False, place="médiathèque Empalot"):
    return Words(
        starts_at=starts_at,
        place=place,
        reference="48210733",
        is_workshop=is_workshop,
        answer_before=starts_at - dt.timedelta(days=1),
    )


@pytest.mark.parametrize(("kind", "is_workshop"), EVERY_MESSAGE)
@override_settings(NETWORK_SENDER="y" * 18, NETWORK_PHONE="05 36 49 00 00")
def test_every_text_message_fits_one_part_on_every_day(kind, is_workshop):
    for day in EVERY_DAY:
        text = render(kind, Medium.SMS, words(day, is_workshop=is_workshop, place=LONGEST_PLACE))
        assert is_gsm7(text), text
        assert count_parts(text) == 1, f"{len(text)}: {text}"


@pytest.mark.parametrize(("kind", "is_workshop"), EVERY_MESSAGE)
@pytest.mark.parametrize("medium", list(Medium))
def test_nothing_is_left_to_fill_in_and_the_number_is_always_there(kind, is_workshop, medium):
    text = render(kind, medium, words(EVERY_DAY[0], is_workshop=is_workshop))
    assert "{" not in text
    assert "05 36 49 00 00" in text
    assert "http" not in text
    assert "répondez" not in text.lower()


def test_the_confirmation_says_when_where_and_under_which_reference():
    when = dt.datetime(2026, 9, 30, 14, 30, tzinfo=PARIS)
    text = render(MessageKind.BOOKED, Medium.SMS, words(when))
    assert text == (
        "Toulouse Aide Num: RDV mer. 30 sept. à 14h30, médiathèque Empalot. "
        "Réf. 48 21 07 33. Pour annuler: 05 36 49 00 00"
    )


def test_the_same_is_said_in_full_sentences_on_the_telephone_and_by_mail():
    when = dt.datetime(2026, 12, 1, 14, 0, tzinfo=PARIS)
    said = render(MessageKind.BOOKED, Medium.CALL_LIST, words(when))
    assert said.startswith("Vous avez rendez-vous mardi 1er décembre à 14\u00a0h, médiathèque Empalot.")
    letter = render(MessageKind.BOOKED, Medium.EMAIL, words(when))
    assert said in letter
    assert letter.startswith("Bonjour,")


def test_letters_outside_the_plain_alphabet_are_replaced():
    text = render(MessageKind.BOOKED, Medium.SMS, words(EVERY_DAY[220], place="fête de l’été"))
    assert "fete de l'été" in text
    assert "aout" in text


@pytest.mark.parametrize("kind", list(MessageKind))
def test_every_kind_has_a_subject(kind):
    assert "Toulouse" in subject(kind)
