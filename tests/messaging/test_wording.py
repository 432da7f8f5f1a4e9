"""Every text message fits one part with the longest real values, and says nothing it must not."""

import datetime as dt
from dataclasses import replace

import pytest
from django.test import override_settings

from mediation.kernel.gsm7 import count_parts, is_gsm7
from mediation.messaging.enums import ANSWERS, ASKS, ONLY_BY_SMS, Medium, MessageKind
from mediation.messaging.wording import Words, render, sender_receives, subject
from mediation.messaging.wording.texts import TEXTS, Form, TextKey
from tests.cast import PARIS

pytestmark = pytest.mark.django_db

LONGEST_PLACE = "x" * 48
PHONE = "05 36 49 00 00"
EVERY_DAY = [dt.datetime(2026, 1, 1, 14, 30, tzinfo=PARIS) + dt.timedelta(days=n) for n in range(365)]
WEDNESDAY = dt.datetime(2026, 9, 30, 14, 30, tzinfo=PARIS)
EVERY_MESSAGE = sorted({(key.kind, key.is_workshop) for key in TEXTS})
# What answers a text message is only ever a text message.
EVERY_WAY = [
    (kind, medium, is_workshop)
    for kind, is_workshop in EVERY_MESSAGE
    for medium in (Medium if kind not in ONLY_BY_SMS else [Medium.SMS])
]
# They say until when, not where to call: no room is left.
WITHOUT_NUMBER = {(MessageKind.SEAT_OFFERED, True), (MessageKind.EARLIER_OFFERED, False)}


def words(starts_at, *, is_workshop=False, place="médiathèque Empalot"):
    return Words(
        starts_at=starts_at,
        place=place,
        reference="48210733",
        is_workshop=is_workshop,
        answer_before=starts_at - dt.timedelta(days=1),
        options=(starts_at, starts_at + dt.timedelta(days=1)),
        hours=("aujourd'hui 10h-12h, 14h-18h",),
        phones=(PHONE,),
        explanation="Ce rendez-vous est trop proche pour changer d’horaire ici.",
        ticket="128",
    )


def two(starts_at, place):
    """Two appointments or places: each has its own name."""
    one = words(starts_at)
    return replace(one, place="", places=(place, place), hours=one.hours * 2, phones=one.phones * 2)


@pytest.mark.parametrize("can_answer", [True, False])
@pytest.mark.parametrize(("kind", "is_workshop"), EVERY_MESSAGE)
@override_settings(NETWORK_SENDER="y" * 18, NETWORK_PHONE=PHONE)
def test_every_text_message_fits_one_part_on_every_day(kind, is_workshop, can_answer):
    for day in EVERY_DAY:
        said = words(day, is_workshop=is_workshop, place=LONGEST_PLACE)
        text = render(kind, Medium.SMS, said, can_answer=can_answer)
        assert is_gsm7(text), text
        assert count_parts(text) == 1, f"{len(text)}: {text}"


TOLD_APART = (MessageKind.TIMES, MessageKind.OTHER_TIMES, MessageKind.OWN, MessageKind.PLACES)


@pytest.mark.parametrize("kind", TOLD_APART)
@override_settings(NETWORK_SENDER="y" * 18, NETWORK_PHONE=PHONE)
def test_two_places_take_two_parts_only_where_their_names_are_long(kind):
    for day in EVERY_DAY:
        usual = render(kind, Medium.SMS, two(day, "médiathèque Empalot"))
        longest = render(kind, Medium.SMS, two(day, LONGEST_PLACE))
        assert is_gsm7(usual), usual
        assert (count_parts(usual), count_parts(longest)) == (1, 2), f"{len(usual)}: {usual}"


@pytest.mark.parametrize(("kind", "medium", "is_workshop"), EVERY_WAY)
def test_without_a_way_back_everything_gives_the_number_and_nothing_asks_for_a_reply(kind, medium, is_workshop):
    text = render(kind, medium, words(WEDNESDAY, is_workshop=is_workshop), can_answer=False)
    assert "{" not in text
    assert "http" not in text
    assert "demain" not in text
    assert (PHONE.replace(" ", ", ") if medium == Medium.VOICE else PHONE) in text
    if kind not in ANSWERS or medium != Medium.SMS:
        assert "répondez" not in text.lower()


@pytest.mark.parametrize(("kind", "is_workshop"), EVERY_MESSAGE)
def test_where_the_sender_receives_every_question_says_how_to_reply(kind, is_workshop):
    text = render(kind, Medium.SMS, words(WEDNESDAY, is_workshop=is_workshop), can_answer=True)
    if kind in ASKS:
        assert "répondez" in text.lower()
    assert PHONE in text or (kind, is_workshop) in WITHOUT_NUMBER
    assert "{" not in text


@pytest.mark.parametrize(("kind", "is_workshop"), [one for one in EVERY_MESSAGE if one[0] not in ONLY_BY_SMS])
def test_only_calls_speak_of_keys_and_only_where_they_ask(kind, is_workshop):
    said = words(WEDNESDAY, is_workshop=is_workshop)
    assert ("tapez" in render(kind, Medium.VOICE, said)) == (kind in ASKS)
    for medium in set(Medium) - {Medium.VOICE}:
        assert "tapez" not in render(kind, medium, said)


@pytest.mark.parametrize(
    ("kind", "is_workshop", "text"),
    [
        (
            MessageKind.BOOKED,
            False,
            "Toulouse Aide Num: RDV mer. 30 sept. à 14h30, médiathèque Empalot. Réf. 48 21 07 33. "
            "Pour annuler: répondez 2 ou 05 36 49 00 00",
        ),
        (
            MessageKind.REMINDER,
            False,
            "Rappel Toulouse Aide Num: RDV mer. 30 sept. à 14h30, médiathèque Empalot. "
            "Répondez 1 si vous venez, 2 pour annuler. 05 36 49 00 00",
        ),
        (
            MessageKind.SEAT_OFFERED,
            True,
            "Toulouse Aide Num: une place à l'atelier du mer. 30 sept. 14h30, médiathèque Empalot. "
            "Répondez 1 avant mar. 14h30 pour la prendre",
        ),
        (
            MessageKind.CANCELLED,
            False,
            "Toulouse Aide Num: nous devons annuler votre RDV du mer. 30 sept. à 14h30. "
            "Pour un autre horaire, appelez le 05 36 49 00 00. Toutes nos excuses.",
        ),
        (
            MessageKind.NEW_TIMES,
            False,
            "Toulouse Aide Num: RDV au choix, médiathèque Empalot. "
            "Répondez 3: mer. 30 sept. 14h30 ou 4: jeu. 1er oct. 14h30. 05 36 49 00 00",
        ),
        (
            MessageKind.HELP,
            False,
            "Toulouse Aide Num: répondez RDV ou LIEU avec votre code postal, CHANGER, ANNULER, RAPPEL (nous appelons), "
            "1 oui, 2 non, STOP. Ou 05 36 49 00 00",
        ),
        (
            MessageKind.TIMES,
            False,
            "médiathèque Empalot: répondez 3 pour mer. 30 sept. 14h30, 4 pour jeu. 1er oct. 14h30 ou AUTRE. "
            "Pas encore réservé. 05 36 49 00 00",
        ),
        (
            MessageKind.OWN,
            False,
            "Toulouse Aide Num: RDV mer. 30 sept. à 14h30, médiathèque Empalot. Répondez CHANGER ou ANNULER, "
            "ou 05 36 49 00 00",
        ),
        (
            MessageKind.TICKET,
            False,
            "Toulouse Aide Num: votre ticket, numéro 128, médiathèque Empalot. "
            "Attendez sur place: il sera affiché et appelé. 05 36 49 00 00",
        ),
        (
            MessageKind.STOPPED,
            False,
            "Toulouse Aide Num: vous ne recevrez plus nos SMS. Vos rendez-vous restent valables. "
            "Une question? Appelez le 05 36 49 00 00",
        ),
    ],
)
def test_what_is_said_where_the_sender_receives(kind, is_workshop, text):
    assert render(kind, Medium.SMS, words(WEDNESDAY, is_workshop=is_workshop), can_answer=True) == text


def test_a_cancellation_is_taken_back_by_replying_as_long_as_the_time_is_kept(now):
    kept = Words(
        starts_at=WEDNESDAY,
        place="médiathèque Empalot",
        answer_before=dt.datetime(2026, 12, 1, 18, 0, tzinfo=PARIS),
    )
    assert render(MessageKind.EXCUSED, Medium.SMS, kept, can_answer=True) == (
        "Toulouse Aide Num: RDV du mer. 30 sept. à 14h30 annulé. "
        "Si c'est une erreur, répondez 1 avant 18h ou appelez le 05 36 49 00 00"
    )
    gone = Words(starts_at=WEDNESDAY, place="médiathèque Empalot")
    assert "répondez" not in render(MessageKind.EXCUSED, Medium.SMS, gone, can_answer=True)
    assert "tapez" not in render(MessageKind.EXCUSED, Medium.VOICE, gone)


def test_a_question_between_more_than_two_dates_asks_to_call():
    text = render(MessageKind.WHICH, Medium.SMS, Words(), can_answer=True)
    assert "appelez le 05 36 49 00 00" in text
    assert "épondez" not in text


def test_what_speaks_of_no_occasion_needs_none():
    for kind in set(ANSWERS) - {MessageKind.CONFIRMED, *ONLY_BY_SMS}:
        assert PHONE in render(kind, Medium.SMS, Words(is_workshop=True), can_answer=True)


@pytest.mark.parametrize(
    ("sender", "gateways", "receives"),
    [
        ("+33939000000", ["twilio"], True),
        ("38 200", ["callr"], True),
        ("TLSENUM", ["twilio"], False),
        ("", ["twilio"], False),
        ("+33939000000", ["file"], False),
    ],
)
def test_a_number_behind_an_operator_receives(settings, sender, gateways, receives):
    settings.SMS_FROM, settings.SMS_GATEWAYS = sender, gateways
    assert sender_receives() is receives
    assert ("répondez" in render(MessageKind.BOOKED, Medium.SMS, words(WEDNESDAY))) is receives


def test_the_same_is_said_in_full_sentences_on_the_telephone_and_by_mail():
    said = render(MessageKind.BOOKED, Medium.CALL_LIST, words(dt.datetime(2026, 12, 1, 14, 0, tzinfo=PARIS)))
    assert said.startswith("Vous avez rendez-vous mardi 1er décembre à 14\u00a0h, médiathèque Empalot.")
    for medium in (Medium.EMAIL, Medium.LETTER):
        letter = render(MessageKind.BOOKED, medium, words(dt.datetime(2026, 12, 1, 14, 0, tzinfo=PARIS)))
        assert said in letter
        assert letter.startswith("Bonjour,")


def test_a_machine_that_calls_reads_numbers_in_pairs_and_says_which_keys():
    said = render(MessageKind.BOOKED, Medium.VOICE, words(WEDNESDAY))
    assert said == (
        "Bonjour, ici Toulouse numérique ensemble. "
        "Vous avez rendez-vous mercredi 30 septembre à 14 heures 30, médiathèque Empalot. "
        "Votre référence\u00a0: 48, 21, 07, 33. Pour changer l’horaire ou annuler, appelez le 05, 36, 49, 00, 00. "
        "Pour confirmer, tapez 1. Pour annuler, tapez 2."
    )


def test_letters_outside_the_plain_alphabet_are_replaced():
    text = render(MessageKind.BOOKED, Medium.SMS, words(EVERY_DAY[220], place="fête de l’été"))
    assert "fete de l'été" in text
    assert "aout" in text


@pytest.mark.parametrize("kind", [kind for kind in MessageKind if kind not in ONLY_BY_SMS])
def test_every_kind_has_a_subject_and_both_forms(kind):
    assert "Toulouse" in subject(kind)
    for form in Form:
        assert TextKey(kind, form) in TEXTS or TextKey(kind, form, is_workshop=True) in TEXTS


def test_the_ledger_keeps_what_was_said():
    for said in (words(WEDNESDAY, is_workshop=True), two(WEDNESDAY, "médiathèque Empalot"), Words()):
        assert Words.from_json(said.to_json()) == said
    old = words(WEDNESDAY).to_json()
    del old["options"]
    assert Words.from_json(old).options == ()
