"""The front desk's list of replies: scoped, at a constant cost, each handled once."""

import pytest
from django.urls import reverse

from directory.models import Beneficiary, BeneficiaryLink
from mediation.messaging.enums import AttemptState, MessageKind
from mediation.messaging.models import Message, Reply
from tests.cast import TODAY
from tests.messaging.phone import send
from tests.messaging.test_views import make, page

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LIST = "messaging:replies"


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    client = sign_in(cast.claire)
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}", phone_typed=f"06 39 98 03 {number:02}")
        BeneficiaryLink.objects.create(beneficiary=person, organisation=cast.mairie, since=TODAY, last_contact_on=TODAY)
        make(cast, number, recipient=person.phone, beneficiary=person)
        send("Je serai en retard", sender=person.phone)
    with django_assert_num_queries(7):
        text = page(client, LIST)
    assert text.count("Je serai en retard") == rows


def test_each_organisation_reads_its_own_and_everybody_those_of_strangers(cast, sign_in):
    make(cast)
    make(cast, 2, cast.partner, recipient="+33639980002", beneficiary=cast.hassan)
    send("Pour la mairie")
    send("Pour le partenaire", sender="+33639980002")
    send("Pour personne", sender="+33639989999")
    seen = {}
    for user in (cast.claire, cast.paul):
        text = page(sign_in(user), LIST)
        seen[user] = [words in text for words in ("Pour la mairie", "Pour le partenaire", "Pour personne")]
    assert seen == {cast.claire: [True, False, True], cast.paul: [False, True, True]}


def test_people_of_the_number_are_named_to_those_who_know_them(cast, sign_in):
    send("Allô")
    assert "Lucette Fabré" in page(sign_in(cast.claire), LIST)
    text = page(sign_in(cast.paul), LIST)
    assert "Lucette" not in text
    assert "Numéro inconnu chez nous" in text


def test_what_was_understood_is_under_all(cast, sign_in):
    send("STOP")
    client = sign_in(cast.claire)
    assert "Aucune réponse à traiter" in page(client, LIST)
    assert "Ne veut plus de SMS" in page(client, LIST, vue="toutes")


def test_handling_takes_it_off_the_list_once(cast, sign_in):
    reply = send("Allô")
    client = sign_in(cast.claire)
    assert "réponse à traiter" in page(client, "messaging:list")
    for words in ("C’est noté", "déjà occupé"):
        answer = client.post(reverse("messaging:reply_handled", args=[reply.uid]), follow=True)
        assert words in answer.content.decode()
    assert "Traité par Claire Martin" in page(client, LIST, vue="toutes")


def test_another_organisations_reply_cannot_be_handled(cast, sign_in):
    make(cast)
    reply = send("Allô")
    assert sign_in(cast.paul).post(reverse("messaging:reply_handled", args=[reply.uid])).status_code == 404
    assert Reply.objects.to_handle().exists()


def test_the_number_is_looked_for_at_the_front_desk_without_standing_in_an_address(cast, sign_in):
    send("Allô")
    client = sign_in(cast.claire)
    assert 'name="q" value="06 39 98 00 01"' in page(client, LIST).replace("\u202f", " ").replace("\xa0", " ")
    text = client.post(reverse("desk:front_desk"), {"q": "06 39 98 00 01"}).content.decode()
    assert "Fabré" in text


def test_what_waits_is_counted_on_the_pages_where_the_day_begins(cast, sign_in):
    send("Allô")
    assert "1 réponse à traiter" in page(sign_in(cast.claire), "desk:front_desk")
    assert "1 réponse à traiter" in page(sign_in(cast.amina), "desk:today")


def write(client, reply, text):
    return client.post(reverse("messaging:write_back", args=[reply.uid]), {"text": text}, follow=True)


def test_an_agent_answers_in_their_own_words(cast, sign_in):
    reply = send("Je suis sourd, je voudrais un rendez-vous pour la CAF")
    client = sign_in(cast.claire)
    assert reverse("messaging:write_back", args=[reply.uid]) in page(client, LIST)
    assert cast.lucette.full_name in page(client, "messaging:write_back", reply.uid)
    for _time in range(2):
        answer = write(client, reply, "Mardi 8 décembre à 10h, médiathèque Empalot ?")
        assert "Réponse en route\u00a0: 1 SMS." in answer.content.decode().replace("\u202f", "\u00a0")
    message = Message.objects.get(kind=MessageKind.WRITTEN)
    assert message.body == "Mardi 8 décembre à 10h, médiathèque Empalot ? Toulouse Aide Num: 05 36 49 00 00"
    attempt = message.attempts.get()
    assert (attempt.state, attempt.parts, attempt.asked_by) == (AttemptState.WAITING, 1, cast.claire)
    reply.refresh_from_db()
    assert reply.handled_by == cast.claire
    assert "Mardi 8 décembre" in page(client, "desk:person", cast.lucette.uid)
    write(client, reply, "Ou mercredi, à 14h ?")
    assert Message.objects.filter(kind=MessageKind.WRITTEN).count() == 2


def test_a_stranger_is_answered_in_the_name_of_whoever_answers(cast, sign_in):
    reply = send("Bonjour, je suis sourde", sender="+33639989999")
    write(sign_in(cast.paul), reply, "Bonjour, nous vous lisons.")
    message = Message.objects.get(kind=MessageKind.WRITTEN)
    assert (message.organisation, message.beneficiary) == (cast.partner, None)
    assert send("Merci", sender="+33639989999").organisation == cast.partner, "what follows comes to them"


@pytest.mark.parametrize(
    ("sender", "before", "text", "why"),
    [
        ("+33639980001", "STOP", "Bonjour", "ne plus recevoir de SMS"),
        ("+33536490009", "Allô", "Bonjour", "ne reçoit pas de SMS"),
        ("+33639980001", "Allô", "", "Écrivez votre réponse"),
        ("+33639980001", "Allô", "x" * 161, "160"),
    ],
)
def test_what_cannot_be_written_is_said_and_keeps_the_words(cast, sign_in, sender, before, text, why):
    reply = send(before, sender=sender)
    answer = write(sign_in(cast.claire), reply, text)
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert text in answer.content.decode()
    assert not Message.objects.filter(kind=MessageKind.WRITTEN).exists()


def test_nobody_writes_to_those_of_another_organisation(cast, sign_in):
    make(cast)
    assert write(sign_in(cast.paul), send("Allô"), "Bonjour").status_code == 404
