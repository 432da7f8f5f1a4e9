"""Messages speak the language of their person, in every text."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.test import override_settings

from directory.enums import Language
from mediation.kernel.gsm7 import count_parts, is_gsm7
from mediation.messaging import services
from mediation.messaging.enums import ONLY_BY_SMS, Medium, MessageKind
from mediation.messaging.models import Message
from mediation.messaging.vocabulary import WISHES, word_for
from mediation.messaging.wording import Words, dates, render, subject
from mediation.messaging.wording.rendering import LANGUAGES, LATIN
from mediation.messaging.wording.texts import TEXTS
from tests.cast import PARIS, at

pytestmark = pytest.mark.django_db

WHEN = dt.datetime(2026, 9, 30, 14, 30, tzinfo=PARIS)
WORDS = Words(
    starts_at=WHEN,
    place="médiathèque Empalot",
    reference="48210733",
    answer_before=WHEN - dt.timedelta(days=1),
    options=(WHEN, WHEN + dt.timedelta(days=1)),
    hours=("10:00-18:00",),
    phones=("05 36 49 00 03",),
    explanation="Ce rendez-vous est trop proche pour changer d’horaire ici.",
    ticket="128",
)
TWO = replace(WORDS, place="", places=("médiathèque Empalot",) * 2, hours=WORDS.hours * 2, phones=WORDS.phones * 2)
OTHERS = [language for language in LANGUAGES if language != Language.FR]
EVERY_MESSAGE = sorted({(key.kind, key.is_workshop) for key in TEXTS})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("kind", "is_workshop"), EVERY_MESSAGE)
def test_every_message_is_said_in_every_language(kind, is_workshop, language):
    words = Words(**{**WORDS.__dict__, "is_workshop": is_workshop})
    for medium in {Medium.SMS} if kind in ONLY_BY_SMS else set(Medium) - {Medium.CALL_LIST}:
        text = render(kind, medium, words, language=language, can_answer=True)
        assert text != render(kind, medium, words, can_answer=True)
        assert "{" not in text
        assert medium != Medium.SMS or language not in LATIN or is_gsm7(text)
        assert medium != Medium.SMS or count_parts(text) <= 3
    assert kind in ONLY_BY_SMS or subject(kind, language) != subject(kind)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ONLY_BY_SMS)
def test_what_answers_a_text_takes_few_parts_in_every_language(kind, language):
    """Two places, two times: one part of the plain alphabet, three of the others at most."""
    for words in (WORDS, TWO):
        text = render(kind, Medium.SMS, words, language=language)
        assert "{" not in text
        assert count_parts(text) <= (2 if language in LATIN else 3), text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [MessageKind.HELP, MessageKind.OWN, MessageKind.NO_TIME])
def test_the_words_to_send_are_those_of_the_language(kind, language):
    named = {word_for(wish, language) for wish in WISHES}
    assert named & set(re.findall(r"\w+", render(kind, Medium.SMS, WORDS, language=language)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (Language.EN, "Toulouse Aide Num: appointment on Wed 30 Sept. at 14:30, médiathèque Empalot."),
        (Language.ES, "Toulouse Aide Num: cita el mié 30 sept. a las 14:30, médiathèque Empalot."),
        (Language.PT, "Toulouse Aide Num: marcacao qua 30 set. às 14:30, médiathèque Empalot."),
        (Language.AR, "من Toulouse Aide Num: موعدكم الأربعاء 30/09 الساعة 14:30، médiathèque Empalot."),
        (Language.UK, "Toulouse Aide Num: запис ср 30.09, 14:30, médiathèque Empalot."),
        (Language.LSF, "Toulouse Aide Num: RDV mer. 30 sept. à 14h30, médiathèque Empalot."),
    ],
)
def test_days_and_hours_are_written_as_each_language_does(language, text):
    assert render(MessageKind.BOOKED, Medium.SMS, WORDS, language=language).startswith(text)


def test_numbers_keep_their_order_where_one_reads_from_right_to_left():
    arabic = {"language": Language.AR, "can_answer": True}
    assert "0536490000" in render(MessageKind.BOOKED, Medium.SMS, WORDS, **arabic)
    assert "\u206605 36 49 00 00\u2069" in render(MessageKind.BOOKED, Medium.EMAIL, WORDS, **arabic)


def test_an_agent_reads_out_french():
    said = render(MessageKind.BOOKED, Medium.CALL_LIST, WORDS, language=Language.UK)
    assert said.startswith("Vous avez rendez-vous")


def test_a_message_is_planned_in_the_language_of_its_person_and_its_parts_are_counted(cast, now):
    cast.lucette.language = Language.UK
    cast.lucette.save()
    message = services.plan(
        kind=MessageKind.BOOKED,
        occasion="appointment:1",
        version=1,
        beneficiary=cast.lucette,
        organisation=cast.mairie,
        words=WORDS,
        due_at=at(9),
        useless_after=at(12),
    )
    assert message.language == Language.UK
    assert "запис" in message.body
    assert message.attempts.get().parts == 2


@pytest.mark.parametrize(
    ("language", "at_nine", "at_noon", "half_past_two", "in_the_evening"),
    [
        (Language.FR, "9 heures", "12 heures", "14 heures 30", "18 heures 05"),
        (Language.EN, "9 am", "12 pm", "2:30 pm", "6:05 pm"),
        (Language.ES, "9 horas", "12 horas", "14 y 30", "18 y 5"),
        (Language.PT, "9 horas", "12 horas", "14 e 30", "18 e 5"),
        (Language.AR, "التاسعة صباحا", "الثانية عشرة ظهرا", "الثانية والنصف بعد الظهر", "السادسة وخمس دقائق مساء"),
        (Language.UK, "9:00", "12:00", "14:30", "18:05"),
    ],
)
def test_a_call_says_hours_as_people_do(language, at_nine, at_noon, half_past_two, in_the_evening):
    said = [dates.spoken_hour(at(*time), language) for time in ((9,), (12,), (14, 30), (18, 5))]
    assert said == [at_nine, at_noon, half_past_two, in_the_evening]


@override_settings(NETWORK_NAME="Toulouse numérique ensemble")
def test_an_automatic_call_names_places_and_the_network_for_a_french_voice():
    message = Message(words={"place": "médiathèque Empalot"})
    assert message.names_said == ("médiathèque Empalot", "Toulouse numérique ensemble")
