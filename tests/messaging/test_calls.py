"""The calls of the day: what to say, to whom, the most urgent first, and what became of each."""

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from mediation.messaging import selectors
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from tests.cast import NOW, at
from tests.messaging.rows import make

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
CALL = {"medium": Medium.CALL_LIST, "recipient": "+33536490010"}


def calls(client):
    response = client.get(reverse("messaging:calls"))
    assert response.status_code == 200
    return response.content.decode()


def note(client, message, result):
    address = reverse("messaging:note_call", args=[message.uid])
    return client.post(address, {"reached": result}, follow=True).content.decode()


def test_what_to_say_and_to_whom(cast, sign_in):
    make(cast, body="Nous vous rappelons votre rendez-vous.", **CALL)
    text = calls(sign_in(cast.claire))
    assert "05 36 49 00 10" in text
    assert "Nous vous rappelons votre rendez-vous." in text
    assert 'href="tel:+33536490010"' in text


def test_a_message_that_changed_way_is_said_in_the_words_of_a_call(cast, sign_in):
    attempt = {"medium": Medium.CALL_LIST, "recipient": "+33536490099", "body": "En phrases entières."}
    make(cast, body="Rappel abrégé", attempt=attempt)
    text = calls(sign_in(cast.claire))
    assert "En phrases entières." in text
    assert "05 36 49 00 99" in text
    assert "Rappel abrégé" not in text


def test_the_most_urgent_first(cast, sign_in):
    make(cast, 1, useless_after=at(14, days=5), **CALL)
    make(cast, 2, useless_after=at(14), **CALL)
    make(cast, 3, useless_after=at(14, days=1), **CALL)
    text = calls(sign_in(cast.claire))
    titles = ["À dire aujourd’hui", "À dire avant demain soir", "Les jours suivants"]
    assert [text.index(title) for title in titles] == sorted(text.index(title) for title in titles)


def test_reached_is_noted_once(cast, sign_in):
    message, client = make(cast, **CALL), sign_in(cast.claire)
    assert "dit au téléphone" in note(client, message, "yes")
    assert message.attempts.get().state == AttemptState.DELIVERED
    assert "Aucun appel à faire" in calls(client)
    assert "plus à faire" in note(client, message, "no")
    assert "plus à faire" in note(client, message, "later")


def test_given_up_is_noted(cast, sign_in):
    message = make(cast, **CALL)
    note(sign_in(cast.claire), message, "no")
    assert message.attempts.get().state == AttemptState.UNDELIVERED


def test_to_be_called_again_stays_after_the_others_for_an_hour(cast, sign_in, now):
    message, client = make(cast, 1, useless_after=at(12), **CALL), sign_in(cast.claire)
    make(cast, 2, **CALL)
    text = note(client, message, "later")
    assert text.index("Les jours suivants") < text.index("À rappeler dans l’heure")
    assert "Appelé mar. 1er déc. à 9\u00a0h, sans réponse." in text
    now.shift(3700)
    assert "À rappeler dans l’heure" not in calls(client)
    assert message.attempts.get().state == AttemptState.WAITING


def test_calls_of_others_are_theirs(cast, sign_in):
    other = make(cast, organisation=cast.partner, **CALL)
    client = sign_in(cast.claire)
    assert "Aucun appel à faire" in calls(client)
    assert client.post(reverse("messaging:note_call", args=[other.uid])).status_code == 404


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_call_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    client = sign_in(cast.claire)
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}", phone_typed="05 36 49 00 10")
        make(cast, number, beneficiary=person, due_at=NOW, **CALL)
    with django_assert_num_queries(5):
        assert calls(client).count("<article") == rows


def test_one_call_says_all_that_waits_about_one_appointment(cast, sign_in):
    same = {"occasion": "appointment:1", **CALL}
    first = make(cast, body="Vous avez rendez-vous.", kind=MessageKind.BOOKED, due_at=at(8), **same)
    last = make(cast, body="Nous vous rappelons.", kind=MessageKind.REMINDER, due_at=at(8, 30), **same)
    offer = make(cast, body="Une place plus tôt ?", kind=MessageKind.EARLIER_OFFERED, due_at=at(8, 10), **same)
    client = sign_in(cast.claire)
    text = calls(client)
    assert "Nous vous rappelons." in text
    assert "Vous avez rendez-vous." not in text
    assert "Une place plus tôt ?" in text
    assert selectors.needs(cast.claire, NOW).calls == 2
    note(client, last, "yes")
    assert first.attempts.get().state == AttemptState.SKIPPED
    assert offer.attempts.get().state == AttemptState.WAITING


def test_the_sheet_says_who_called(cast, sign_in):
    message, client = make(cast, **CALL), sign_in(cast.claire)
    note(client, message, "yes")
    sheet = client.get(reverse("messaging:sheet", args=[message.uid])).content.decode()
    assert f"Noté par {cast.claire}" in sheet
