"""Two files side by side: who may look, what the page says, one button to make them one and one to part them."""

import pytest
from django.urls import reverse

from directory.models import Beneficiary, Merge
from directory.services import link
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY


@pytest.fixture
def twin(cast, now) -> Beneficiary:
    person = Beneficiary.objects.create(first_name="Lucette", last_name="Fabre", email="l@example.org", birth_year=1949)
    link(beneficiary=person, organisation=cast.mairie, on=TODAY)
    return person


def address(one, other) -> str:
    return reverse("desk:compare", args=[one.uid, other.uid])


def book_for(cast, *people, nth=3):
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.amina_mediator), limit=nth + 1)[nth]
    return book(slot=slot, people=people, by=Actor.at_desk(cast.claire))


def test_it_says_what_differs_what_moves_and_what_is_learnt(cast, twin, sign_in):
    book_for(cast, twin), book_for(cast, twin, nth=4)
    html = sign_in(cast.claire).get(address(cast.lucette, twin)).content.decode()
    assert "2 rendez-vous" in html
    assert "L’autre y ajoute : adresse e-mail." in html
    assert html.count("différent") == 1
    entries = JournalEntry.objects.filter(action="read").values_list("subject_uid", flat=True)
    assert set(entries) == {cast.lucette.uid, twin.uid}


def test_either_may_be_kept_and_the_other_comes_back(cast, twin, sign_in):
    client = sign_in(cast.claire)
    for kept, other in ((twin, cast.lucette), (cast.lucette, twin)):
        answer = client.post(address(cast.lucette, twin), {"keep": str(kept.uid)})
        assert answer.url == reverse("desk:person", args=[kept.uid])
        merge = Merge.objects.get(undone_at=None)
        assert (merge.kept, merge.duplicate, merge.by_user) == (kept, other, cast.claire)
        part = reverse("desk:part", args=[merge.uid])
        assert part in client.get(answer.url).content.decode()
        client.post(part)
        assert client.get(reverse("desk:person", args=[other.uid])).status_code == 200


def test_two_people_of_one_appointment_have_no_button(cast, twin, sign_in):
    book_for(cast, cast.lucette, twin)
    client = sign_in(cast.claire)
    html = client.get(address(cast.lucette, twin)).content.decode()
    assert "Ce sont deux personnes" in html
    assert "Garder cette fiche" not in html
    client.post(address(cast.lucette, twin), {"keep": str(twin.uid)})
    assert not Merge.objects.exists()


def test_what_a_partner_noted_is_not_counted_aloud(cast, twin, sign_in):
    link(beneficiary=twin, organisation=cast.partner, on=TODAY)
    slot = first_slots(Need(reason=cast.any_need, mediator=cast.paul_mediator), limit=1)[0]
    book(slot=slot, people=[twin], by=Actor.at_desk(cast.paul))
    html = sign_in(cast.claire).get(address(cast.lucette, twin)).content.decode()
    assert "1 rendez-vous" not in html


@pytest.mark.parametrize("who", ["paul", "sofia", "admin"])
def test_others_neither_compare_nor_part(cast, twin, sign_in, who):
    client = sign_in(cast.claire)
    client.post(address(cast.lucette, twin), {"keep": str(twin.uid)})
    part = reverse("desk:part", args=[Merge.objects.get().uid])
    client = sign_in(getattr(cast, who))
    expected = 404 if who == "paul" else 403
    assert client.get(address(cast.lucette, twin)).status_code == expected
    assert client.post(part).status_code == expected
    assert Merge.objects.get().undone_at is None


def test_a_partners_file_cannot_be_compared(cast, now, sign_in):
    assert sign_in(cast.claire).get(address(cast.lucette, cast.hassan)).status_code == 404
