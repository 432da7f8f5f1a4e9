"""The front desk's list of replies: scoped, at a constant cost, each handled once."""

import pytest
from django.urls import reverse

from directory.models import Beneficiary, BeneficiaryLink
from mediation.messaging.models import Reply
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
