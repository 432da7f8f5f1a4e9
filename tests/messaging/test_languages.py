"""Messages speak the language of their person, in every text."""

import datetime as dt

import pytest

from directory.enums import Language
from mediation.kernel.gsm7 import count_parts, is_gsm7
from mediation.messaging import services
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.wording import Words, render, subject
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
)
OTHERS = [language for language in LANGUAGES if language != Language.FR]
EVERY_MESSAGE = sorted({(key.kind, key.is_workshop) for key in TEXTS})


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize(("kind", "is_workshop"), EVERY_MESSAGE)
def test_every_message_is_said_in_every_language(kind, is_workshop, language):
    words = Words(**{**WORDS.__dict__, "is_workshop": is_workshop})
    for medium in set(Medium) - {Medium.CALL_LIST}:
        text = render(kind, medium, words, language=language, can_answer=True)
        assert text != render(kind, medium, words, can_answer=True)
        assert "{" not in text
        assert medium != Medium.SMS or language not in LATIN or is_gsm7(text)
        assert medium != Medium.SMS or count_parts(text) <= 3
    assert subject(kind, language) != subject(kind)


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
