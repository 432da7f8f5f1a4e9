"""Say a message by another way: only those that the person has, and that make sense."""

import pytest
from django.urls import reverse

from directory.enums import Channel
from directory.models import Beneficiary
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Line, Message
from mediation.messaging.selectors import other_ways
from mediation.messaging.wording import Words
from tests.cast import NOW, at
from tests.messaging.rows import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
WORDS = Words(starts_at=at(14, 30, days=6), place="médiathèque Empalot", reference="48210733")
EVERYTHING = {"phone_typed": "06 39 98 00 30", "email": "p@example.org", "postal_address": "1 rue X\n31000 TOULOUSE"}


def message(cast, state=AttemptState.FAILED, medium=Medium.SMS, useless_after=None, **person):
    someone = Beneficiary.objects.create(last_name="Essai", **{**EVERYTHING, **person})
    recipient = {Medium.SMS: "+33639980030", Medium.EMAIL: someone.email}[medium]
    useless_after = useless_after or at(14, 30, days=6)
    return make(
        cast,
        beneficiary=someone,
        state=state,
        medium=medium,
        recipient=recipient,
        useless_after=useless_after,
        words=WORDS.to_json(),
        kind=MessageKind.REMINDER,
    )


def offered(made):
    return [way.medium for way in other_ways(Message.objects.for_pages().get(pk=made.pk), NOW)]


@pytest.mark.parametrize(
    ("changes", "media"),
    [
        ({}, ["email", "call_list", "letter"]),
        ({"medium": Medium.EMAIL}, ["sms", "call_list", "letter"]),
        ({"email": "", "postal_address": ""}, ["call_list"]),
        ({"phone_typed": ""}, ["email", "letter"]),
        ({"useless_after": at(9, days=3)}, ["email", "call_list"]),
        ({"preferred_channel": Channel.NONE}, ["call_list"]),
        ({"state": AttemptState.WAITING}, ["email", "call_list", "letter"]),
        ({"state": AttemptState.UNKNOWN}, ["email", "call_list", "letter"]),
        ({"state": AttemptState.ACCEPTED}, []),
        ({"useless_after": at(8)}, []),
    ],
)
def test_only_what_the_person_has_and_what_makes_sense(cast, changes, media):
    assert offered(message(cast, **changes)) == media


@pytest.mark.parametrize(
    ("known", "media"),
    [
        ("no_sms_since", ["call_list", "letter"]),
        ("refuses_since", ["call_list", "letter"]),
        ("is_wrong_since", ["letter"]),
    ],
)
def test_what_is_known_of_a_line_counts(cast, known, media):
    Line.objects.create(recipient="+33639980030", **{known: NOW})
    assert offered(message(cast, medium=Medium.EMAIL)) == media


def test_a_machine_calls_only_where_one_is_set_up(cast, settings):
    settings.VOICE_GATEWAYS = ("file",)
    assert Medium.VOICE in offered(message(cast))


def test_the_sheet_offers_them_and_sends(cast, sign_in):
    made, client = message(cast), sign_in(cast.claire)
    sheet = client.get(reverse("messaging:sheet", args=[made.uid])).content.decode()
    assert "Envoyer par un autre moyen" in sheet
    assert "p@example.org" in sheet
    answer = client.post(reverse("messaging:change_way", args=[made.uid]), {"medium": "email"}, follow=True)
    assert "l’e-mail part dans un instant" in answer.content.decode()
    last = made.attempts.latest("number")
    assert (last.number, last.medium, last.recipient) == (2, Medium.EMAIL, "p@example.org")
    assert "lundi 7 décembre" in last.body
    assert f"à la demande de {cast.claire}" in answer.content.decode()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [("", "Choisissez un moyen."), ("sms", "pas possible"), ("voice", "pas possible"), ("x", "pas possible")],
)
def test_another_choice_is_refused_beside_the_form(cast, sign_in, chosen, words):
    made = message(cast)
    answer = sign_in(cast.claire).post(reverse("messaging:change_way", args=[made.uid]), {"medium": chosen})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert made.attempts.count() == 1


def test_what_an_operator_has_waits_for_its_answer(cast, sign_in):
    made = message(cast, state=AttemptState.ACCEPTED)
    client = sign_in(cast.claire)
    assert "Envoyer par un autre moyen" not in client.get(reverse("messaging:sheet", args=[made.uid])).content.decode()
    assert client.post(reverse("messaging:change_way", args=[made.uid]), {"medium": "email"}).status_code == 422


def test_messages_of_others_are_theirs(cast, sign_in):
    made = message(cast)
    assert sign_in(cast.paul).post(reverse("messaging:change_way", args=[made.uid])).status_code == 404
