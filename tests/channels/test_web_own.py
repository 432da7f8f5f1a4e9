"""One's own appointment: found by its reference, told with no more than one must know."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from helpdesk.models import Appointment
from helpdesk.services import book
from mediation.accounts.actor import Actor
from mediation.channels.web import told
from mediation.messaging.models import Line
from tests.cast import NOW
from tests.channels.bookings import book_online, slot_of


def find(client, reference, secret):
    return client.post(reverse("web:appointment"), {"reference": reference, "secret": secret})


def test_an_appointment_is_found_by_its_code_or_the_end_of_the_number_and_given_back(client, cast, now):
    slot = slot_of(cast)
    appointment = book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    assert find(client, appointment.reference, cast.lucette.phone[-4:]).url == reverse("web:appointment_sheet")
    spaced = " ".join(appointment.reference[i : i + 2] for i in range(0, 8, 2))
    assert find(client, spaced, appointment.code).url == reverse("web:appointment_sheet")
    sheet = client.get(reverse("web:appointment_sheet")).content.decode()
    assert "Lucette" not in sheet
    question = client.get(reverse("web:appointment_cancel")).content.decode()
    assert "Garder ce rendez-vous" in question
    assert not Appointment.objects.get().is_cancelled
    token = re.search(r'name="token" value="([^"]+)"', question).group(1)
    answer = client.post(reverse("web:appointment_cancel"), {"token": token}, follow=True)
    assert "Ce rendez-vous est annulé" in answer.content.decode()
    assert Appointment.objects.get().is_cancelled
    assert slot_of(cast).starts_at == slot.starts_at


@pytest.mark.parametrize("typed", ["06 39 98 00 01", "06.39.98.00.01", "+33 6 39 98 00 01", "0639980001"])
def test_an_appointment_is_found_by_the_whole_number_as_people_type_it(client, cast, now, typed):
    appointment = book(slot=slot_of(cast), people=[cast.lucette], by=Actor.at_desk(cast.claire))
    assert cast.lucette.phone == "+33639980001"
    assert find(client, appointment.reference, typed).url == reverse("web:appointment_sheet")


@pytest.mark.parametrize("typed", ["", "12", "06 39 98", "1" * 500, "je ne sais plus"])
def test_what_can_be_no_code_is_told_plainly_and_is_no_attempt(client, cast, now, typed):
    appointment = book(slot=slot_of(cast), people=[cast.lucette], by=Actor.at_desk(cast.claire))
    for _slip in range(6):
        text = find(client, appointment.reference, typed).content.decode()
        assert "Écrivez les quatre chiffres du code, ou votre numéro de téléphone." in text
    assert "Une référence a huit chiffres." in find(client, "4" * 500, appointment.code).content.decode()
    assert find(client, appointment.reference, appointment.code).status_code == 302


def test_once_cancelled_and_told_nothing_stays_in_the_browser(client, cast, now):
    book_online(client, slot_of(cast))
    assert client.cookies["rendez-vous"].value
    question = client.get(reverse("web:appointment_cancel")).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', question).group(1)
    answer = client.post(reverse("web:appointment_cancel"), {"token": token}, follow=True)
    assert "Ce rendez-vous est annulé" in answer.content.decode()
    assert not client.cookies["rendez-vous"].value
    assert client.get(reverse("web:appointment_sheet")).url == reverse("web:appointment")


def test_another_site_cannot_give_an_appointment_back(client, cast, now):
    book_online(client, slot_of(cast))
    client.post(reverse("web:appointment_cancel"), {"token": "forged"})
    client.post(reverse("web:appointment_cancel"))
    assert not Appointment.objects.get().is_cancelled


def test_attempts_at_a_code_are_limited(client, cast, now):
    appointment = book(slot=slot_of(cast), people=[cast.lucette], by=Actor.at_desk(cast.claire))
    wrong = "0000" if appointment.code != "0000" else "1111"
    for _attempt in range(5):
        assert find(client, appointment.reference, wrong).status_code == 200
    assert find(client, appointment.reference, appointment.code).status_code == 429


def test_the_same_answer_for_an_unknown_reference_and_a_wrong_code(client, cast, now):
    appointment = book(slot=slot_of(cast), people=[cast.lucette], by=Actor.at_desk(cast.claire))
    wrong = "0000" if appointment.code != "0000" else "1111"
    told = [find(client, reference, wrong).content.decode() for reference in (appointment.reference, "00000001")]
    assert all("Nous ne trouvons pas ce rendez-vous" in text for text in told)


def done(client, cast, **changes) -> str:
    book_online(client, slot_of(cast), **changes)
    return client.get(reverse("web:book_done")).content.decode()


def test_without_an_operator_no_text_message_is_promised(client, cast, now):
    assert "L’envoi de SMS n’est pas encore branché ici" in done(client, cast)


def test_the_page_says_that_a_text_message_leaves_and_shows_no_number_later(client, cast, now, monkeypatch):
    monkeypatch.setattr(told, "STAYS_HERE", frozenset())
    text = done(client, cast)
    assert "Un SMS part au 06 39 … pour le confirmer" in text
    assert "98 00" not in text
    Appointment.objects.update(booked_at=NOW - dt.timedelta(hours=2))
    text = client.get(reverse("web:book_done")).content.decode()
    assert "Un SMS part à votre numéro" in text
    assert "06 39" not in text


def test_a_landline_is_called(client, cast, now):
    assert "nous vous appellerons au 05 36 … pour le confirmer" in done(client, cast, phone="05 36 49 00 77")


def test_no_number_and_a_number_that_refuses_messages_are_told_the_same(client, cast, now):
    Line.objects.create(recipient="+33639980077", refuses_since=NOW)
    words = '<p class="no-print">Aucun message ne part : imprimez cette carte, ou recopiez-la.</p>'
    assert words in done(client, cast)
    client.cookies.clear()
    assert words in done(client, cast, phone="")
