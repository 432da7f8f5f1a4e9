"""Pages about people, earlier times and appointments booked elsewhere."""

import datetime as dt

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk import services
from helpdesk.enums import MissedBecause, OfferState
from helpdesk.models import Appointment, EarlierOffer, EarlierWish
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor
from tests.cast import at
from tests.helpdesk.steps import slot_at

pytestmark = pytest.mark.usefixtures("now")


def book(cast, start: dt.datetime, *people: Beneficiary) -> Appointment:
    return services.book(slot=slot_at(cast, start), people=people, by=Actor.at_desk(cast.claire))


def at_partner(cast, start: dt.datetime, person: Beneficiary) -> Appointment:
    """Somebody with Paul, booked by the Mairie's front desk."""
    slot = Slot(start, start + dt.timedelta(minutes=30), cast.paul_mediator, cast.bellefontaine, cast.admin_help)
    return services.book(slot=slot, people=[person], by=Actor.at_desk(cast.claire))


def url(name: str, *args) -> str:
    return reverse(f"helpdesk:{name}", args=args)


@pytest.fixture
def late(cast) -> Appointment:
    """Lucette, in a fortnight."""
    return book(cast, at(9, days=14), cast.lucette)


@pytest.fixture
def offer(cast, late) -> EarlierOffer:
    """Lucette would come earlier, and somebody cancels next Tuesday at 9:30."""
    desk = Actor.at_desk(cast.claire)
    services.wish_earlier(appointment=late, by=desk)
    other = book(cast, at(9, 30, days=7), Beneficiary.objects.create(first_name="Ana"))
    services.cancel(appointment=other, by=desk, asked_by_person=True)
    return EarlierOffer.objects.get()


# --- Earlier ------------------------------------------------------------------------------------------------------


def test_the_sheet_notes_the_wish_and_takes_it_back(cast, late, sign_in):
    client = sign_in(cast.claire)
    page = client.get(url("appointment", late.uid)).content.decode()
    assert url("wish", late.uid) in page
    client.post(url("wish", late.uid), {"anywhere": "on"})
    wish = EarlierWish.objects.get()
    assert wish.anywhere
    assert "aussi dans un autre lieu" in client.get(url("appointment", late.uid)).content.decode()
    assert "Lucette Fabré" in client.get(url("wishes")).content.decode()
    client.post(url("wish_withdraw", wish.uid))
    assert "Personne n’attend" in client.get(url("wishes")).content.decode()


@pytest.mark.parametrize(("answer", "start"), [("yes", at(9, 30, days=7)), ("no", at(9, days=14))])
def test_an_agent_writes_down_what_somebody_answers(cast, late, offer, sign_in, answer, start):
    client = sign_in(cast.claire)
    for page in (url("appointment", late.uid), url("wishes")):
        assert url("offer_answer", offer.uid) in client.get(page).content.decode()
    response = client.post(url("offer_answer", offer.uid), {"answer": answer, "next": url("wishes")})
    assert response.url == url("wishes")
    assert Appointment.objects.get(pk=late.pk).starts_at == start
    again = client.post(url("offer_answer", offer.uid), {"answer": "yes"}, follow=True).content.decode()
    assert "n’est plus gardé" in again


def test_other_organisations_neither_see_nor_answer(cast, late, offer, sign_in):
    client = sign_in(cast.paul)
    assert "Lucette" not in client.get(url("wishes")).content.decode()
    for name, key in (("wish", late.uid), ("wish_withdraw", offer.wish.uid), ("offer_answer", offer.uid)):
        assert client.post(url(name, key), {"answer": "yes"}).status_code == 404
    offer.refresh_from_db()
    assert offer.state == OfferState.OPEN


@pytest.mark.parametrize("rows", [1, 6])
def test_the_list_of_wishes_costs_the_same_for_one_or_many(cast, sign_in, rows, django_assert_max_num_queries):
    for number in range(rows):
        person = Beneficiary.objects.create(first_name=f"Personne {number}")
        appointment = book(cast, at(9, days=14) + dt.timedelta(minutes=30 * number), person)
        services.wish_earlier(appointment=appointment, by=Actor.at_desk(cast.claire))
    client = sign_in(cast.claire)
    with django_assert_max_num_queries(9):
        assert client.get(url("wishes")).content.decode().count("A rendez-vous") == rows


# --- People -------------------------------------------------------------------------------------------------------


def test_somebody_is_found_added_and_taken_out(cast, late, sign_in):
    Beneficiary.objects.create(first_name="Inconnue", last_name="Fabré")
    son = Beneficiary.objects.create(first_name="Marcel", last_name="Fabré")
    son.links.create(organisation=cast.mairie, since=at(9).date(), last_contact_on=at(9).date())
    client = sign_in(cast.claire)
    found = client.post(url("add_person", late.uid), {"q": "fabre"}).content.decode()
    assert "Marcel Fabré" in found
    assert "Inconnue" not in found
    client.post(url("add_person", late.uid), {"person": son.uid})
    assert late.attendees.count() == 2
    attendee = late.attendees.get(beneficiary=son)
    assert url("remove_person", late.uid, attendee.pk) in client.get(url("appointment", late.uid)).content.decode()
    client.post(url("remove_person", late.uid, attendee.pk))
    assert [one.beneficiary for one in late.attendees.all()] == [cast.lucette]


@pytest.mark.parametrize("person", ["hassan", "nobody"])
def test_only_those_on_file_here_are_added(cast, late, sign_in, person):
    key = cast.hassan.uid if person == "hassan" else "n’importe quoi"
    sign_in(cast.claire).post(url("add_person", late.uid), {"person": key})
    assert late.attendees.count() == 1


def test_why_somebody_did_not_come_is_kept(cast, sign_in, now):
    booked = book(cast, at(9), cast.lucette)
    now.move_to(at(9, 10))
    attendee = booked.attendees.get()
    services.mark_no_show(attendee=attendee, by=Actor.at_desk(cast.amina))
    client = sign_in(cast.claire)
    assert "Pourquoi, d’après la personne" in client.get(url("appointment", booked.uid)).content.decode()
    client.post(url("missed", booked.uid, attendee.pk), {"because": MissedBecause.TRANSPORT})
    attendee.refresh_from_db()
    assert attendee.missed_because == MissedBecause.TRANSPORT


# --- History ------------------------------------------------------------------------------------------------------


def test_the_history_says_who_changed_what_and_from_where(cast, late, sign_in):
    services.move(appointment=late, slot=slot_at(cast, at(10, days=7)), by=Actor.at_desk(cast.claire))
    services.cancel(appointment=late, by=Actor.at_desk(cast.amina), asked_by_person=True)
    page = sign_in(cast.claire).get(url("appointment", late.uid)).content.decode()
    assert (
        "Déplacé par Claire Martin, accueil : c’était mar. 15 déc., 9\xa0h, Médiathèque Empalot, Amina Benali" in page
    )
    assert "Annulé par la personne (noté par : Amina Benali, accueil)" in page


# --- Booked elsewhere ---------------------------------------------------------------------------------------------


def test_who_books_elsewhere_follows_when_where_and_what_became_of_it(cast, sign_in, now):
    booked = at_partner(cast, at(14, days=1), cast.lucette)
    book(cast, at(10), cast.hassan)
    now.move_to(at(14, 10, days=1))
    services.report(appointment=booked, by=Actor.at_desk(cast.paul), notes="Dossier de retraite")
    client = sign_in(cast.claire)
    page = client.get(url("prescriptions"), {"state": "all"}).content.decode()
    assert "Centre social Bellefontaine" in page
    assert "Lucette Fabré" in page
    assert "Reçu" in page
    assert "Médiathèque Empalot" not in page
    sheet = client.get(url("appointment", booked.uid)).content.decode()
    for hidden in ("Compte rendu", "retraite", "Arrivée"):
        assert hidden not in sheet
    assert "Aucun rendez-vous pris ailleurs" in sign_in(cast.paul).get(url("prescriptions")).content.decode()


def test_a_person_whose_file_is_not_ours_is_not_named(cast, sign_in):
    at_partner(cast, at(14, days=1), cast.hassan)
    page = sign_in(cast.claire).get(url("prescriptions")).content.decode()
    assert "mer. 2 déc." in page
    assert "Hassan" not in page


def test_a_receiver_reads_the_contact_of_who_is_sent_and_none_of_what_others_did(cast, sign_in):
    """domain.md §1.2: name, contact, language, reason, access needs; what another organisation did needs consent."""
    past = book(cast, at(9), cast.lucette)
    booked = at_partner(cast, at(14, days=1), cast.lucette)
    cast.lucette.reception_needs = ["large_print"]
    cast.lucette.save()
    client = sign_in(cast.paul)
    sheet = client.get(url("appointment", booked.uid)).content.decode()
    for shown in ("Lucette Fabré", "06 39 98 00 01", "gros caractères", "Faire une démarche avec quelqu’un"):
        assert shown in sheet
    assert client.get(url("appointment", past.uid)).status_code == 404
    person = client.get(reverse("desk:person", args=[cast.lucette.uid])).content.decode()
    assert "Médiathèque Empalot" not in person
