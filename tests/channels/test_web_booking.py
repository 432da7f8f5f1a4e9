"""Booking without account and without JavaScript: need, place, time, who, done; then see it, keep it, give it back."""

import datetime as dt
import re
import uuid
from dataclasses import replace
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Need, first_slots
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.messaging.models import Message
from sites.models import Site
from tests.channels.bookings import PERSON, book_online, links, links_to, slot_of


def test_a_resident_books_step_by_step(client, cast, now):
    page = client.get(reverse("web:book"))
    page = client.get(next(link for link in links(page) if str(cast.admin_help.uid) in link))
    assert "Médiathèque Empalot" in page.content.decode()
    page = client.get(next(link for link in links(page) if str(cast.empalot.uid) in link))
    page = client.get(links_to(page, "web:book_who")[-1])
    assert "décembre" in page.content.decode()
    token = re.search(r'name="slot" value="([^"]+)"', page.content.decode()).group(1)

    response = client.post(reverse("web:book_who"), {"slot": token, **PERSON}, follow=True)

    appointment = Appointment.objects.get()
    text = response.content.decode()
    assert appointment.booked_through == Door.WEB
    assert f"{appointment.reference[:2]} {appointment.reference[2:4]}" in text
    assert appointment.code in text
    assert Message.objects.filter(occasion=f"appointment:{appointment.uid}").exists()
    assert response.redirect_chain[-1][0] == reverse("web:book_done")


@pytest.mark.parametrize(("typed", "named"), [("31400", "31400"), ("saint-michel", "Saint-Michel / Empalot")])
def test_the_nearest_place_comes_first_for_a_postcode_or_a_quartier(client, cast, now, typed, named):
    said = {"need": str(cast.admin_help.uid), "near": typed}
    answer = client.post(reverse("web:book_place"), said)
    assert answer.url == f"{reverse('web:book_place')}?{urlencode({**said, 'near': named})}"
    text = client.get(answer.url).content.decode()
    assert text.index("Médiathèque Empalot") < text.index("Centre social Bellefontaine")
    assert " environ" in text


def test_a_street_gets_into_no_address_and_an_unknown_place_into_none_either(client, cast, now):
    need = {"need": str(cast.admin_help.uid)}
    known = client.post(reverse("web:book_place"), {**need, "near": "12 rue des Lois 31400 Toulouse"})
    assert known.url.endswith("&near=31400")
    unknown = client.post(reverse("web:book_place"), {**need, "near": "rue des Lois"})
    assert "Nous ne connaissons pas ce quartier" in unknown.content.decode()
    assert "Médiathèque Empalot" in unknown.content.decode()
    assert not any("Lois" in link for link in links(unknown))


def test_nothing_that_suits_leads_to_a_call(client, cast, now):
    for page in ("book_place", "book_time"):
        asked = client.get(reverse(f"web:{page}"), {"need": cast.admin_help.uid})
        assert any("no_slot=1" in link for link in links_to(asked, "web:call_back_when"))


def test_the_card_can_be_copied_as_plain_lines(client, cast, now):
    book_online(client, slot_of(cast), phone="")
    text = client.get(reverse("web:book_done")).content.decode()
    lines = text.partition('id="carte-en-texte" hidden>')[2].partition("</pre>")[0].splitlines()
    appointment = Appointment.objects.get()
    assert lines[1].startswith("Médiathèque Empalot, 40 avenue Jean Moulin")
    assert lines[3] == f"Code {appointment.code}"
    assert lines[4] == "05 36 49 00 00"


def test_the_number_and_the_surname_are_optional(client, cast, now):
    book_online(client, slot_of(cast), last_name="", phone="")
    person = Beneficiary.objects.get(first_name="Odette")
    assert not person.phone
    assert person.attendances.count() == 1


def test_without_a_first_name_the_question_is_asked_again_with_what_was_typed(client, cast, now):
    page = book_online(client, slot_of(cast), first_name="", phone="12")
    text = page.content.decode()
    assert "Écrivez votre prénom" in text
    assert "Ce numéro n’est pas complet" in text
    assert 'value="Lagarde"' in text
    assert not Appointment.objects.exists()


def test_somebody_who_comes_back_has_one_file(client, cast, now):
    book_online(client, slot_of(cast))
    book_online(client, slot_of(cast, 2))
    assert Beneficiary.objects.filter(first_name="Odette").count() == 1
    # The same family, the same number, somebody else.
    book_online(client, slot_of(cast, 4), first_name="Marcel")
    assert Beneficiary.objects.filter(phone="+33639980077").count() == 2


def test_a_lost_slot_shows_the_next_three_and_keeps_what_was_typed(client, cast, now):
    slot = slot_of(cast)
    book(slot=slot, people=[cast.lucette], by=Actor.at_desk(cast.claire))
    page = book_online(client, slot)
    text = page.content.decode()
    tokens = re.findall(r'name="slot" value="([^"]+)"', text)
    assert "Cet horaire vient d’être pris" in text
    assert len(tokens) == 3
    assert not Beneficiary.objects.filter(first_name="Odette").exists()
    assert 'value="06 39 98 00 77"' in text
    client.post(reverse("web:book_who"), {"slot": tokens[0], **PERSON})
    assert Appointment.objects.filter(booked_through=Door.WEB).count() == 1


def test_the_back_button_does_not_book_twice(client, cast, now):
    slot = slot_of(cast)
    book_online(client, slot)
    response = book_online(client, slot)
    assert response.url == reverse("web:book_done")
    assert Appointment.objects.count() == 1


def test_a_form_sent_again_once_the_appointment_is_cancelled_says_so(client, cast, now):
    slot, key = slot_of(cast), str(uuid.uuid4())
    book_online(client, slot, form_key=key)
    cancel(appointment=Appointment.objects.get(), by=Actor.at_desk(cast.claire), asked_by_person=True)
    answer = client.get(book_online(client, slot, form_key=key).url, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("web:appointment_sheet")
    assert "Ce rendez-vous est annulé" in answer.content.decode()
    assert Appointment.objects.count() == 1


@pytest.mark.parametrize("token", ["", "x", "a.b.c.d", "é"])
def test_an_unreadable_time_starts_again(client, cast, token):
    response = client.get(f"{reverse('web:book_who')}?{urlencode({'slot': token})}")
    assert response.url == reverse("web:book")


def test_a_need_for_the_desk_only_is_not_offered(client, cast, now):
    assert "Bilan numérique" not in client.get(reverse("web:book")).content.decode()
    query = urlencode({"need": cast.desk_only.uid})
    assert client.get(f"{reverse('web:book_time')}?{query}").url == reverse("web:book")
    slot = first_slots(Need(reason=cast.desk_only), limit=1)[0]
    book_online(client, slot)
    assert not Appointment.objects.exists()


def test_no_cookie_before_something_is_booked_then_one_that_goes(client, cast, now):
    for name in ("home", "places", "demarches", "workshops", "book", "appointment", "privacy"):
        assert not client.get(reverse(f"web:{name}")).cookies
    assert not client.get(f"{reverse('web:book_who')}?slot={slot_of(cast).token}").cookies
    booked = book_online(client, slot_of(cast))
    assert list(booked.cookies) == ["rendez-vous"]
    cookie = booked.cookies["rendez-vous"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Strict", 3600)
    assert not client.get(reverse("web:book_done")).cookies
    assert not client.get(reverse("web:appointment_cancel")).cookies
    assert client.get(reverse("web:appointment_leave")).cookies["rendez-vous"]["max-age"] == 0
    assert client.get(reverse("web:book_done")).url == reverse("web:appointment")


def test_nothing_of_the_person_is_in_an_address(client, cast, now):
    response = book_online(client, slot_of(cast))
    pages = [client.get(response.url), client.get(reverse("web:appointment_sheet"))]
    appointment = Appointment.objects.get()
    for address in [response.url, *(link for page in pages for link in links(page))]:
        for secret in ("Odette", "Lagarde", "06", "0639980077", appointment.reference, appointment.code):
            assert secret not in address.replace(str(appointment.uid), "")


def test_the_calendar_says_when_and_where_but_neither_who_nor_why(client, cast, now):
    book_online(client, slot_of(cast))
    file = client.get(reverse("web:appointment_calendar"))
    text = file.content.decode()
    assert file["Content-Type"].startswith("text/calendar")
    assert "Médiathèque Empalot" in text.replace("\r\n ", "")
    assert "SEQUENCE:1" in text
    assert "Odette" not in text
    assert "démarche" not in text


def test_one_program_cannot_take_every_slot_of_the_city(client, cast, now, monkeypatch):
    monkeypatch.setattr(attempts, "BOOKINGS_FROM", replace(attempts.BOOKINGS_FROM, most=2))
    for index in range(2):
        client.cookies.clear()
        book_online(client, slot_of(cast), first_name=f"Odette{index}", phone="")
    client.cookies.clear()
    answer = book_online(client, slot_of(cast), phone="")
    assert answer.status_code == 429
    assert "Appelez-nous" in answer.content.decode()
    assert Appointment.objects.count() == 2


def test_nobody_has_a_number_written_to_again_and_again(client, cast, now, monkeypatch):
    monkeypatch.setattr(attempts, "BOOKINGS_FOR", replace(attempts.BOOKINGS_FOR, most=1))
    book_online(client, slot_of(cast))
    client.cookies.clear()
    assert book_online(client, slot_of(cast), phone="+33 6 39 98 00 77").status_code == 429
    assert book_online(client, slot_of(cast), phone="").status_code == 302


def test_a_place_that_is_not_shown_to_residents_takes_no_booking_of_theirs(client, cast, now):
    slot = slot_of(cast)
    Site.objects.filter(pk=slot.site.pk).update(is_published=False)
    book_online(client, slot)
    assert not Appointment.objects.exists()


@pytest.mark.parametrize("timestamp", ["253402300799", "253402297200", "99999999999999999"])
def test_a_time_at_the_end_of_the_calendar_starts_again(client, cast, timestamp):
    token = f"{slot_of(cast).token.rpartition('.')[0]}.{timestamp}"
    assert client.get(reverse("web:book_who"), {"slot": token}).url == reverse("web:book")


@pytest.mark.parametrize("later", [dt.timedelta(days=-30), dt.timedelta(minutes=7), dt.timedelta(days=3000)])
def test_a_time_that_is_not_offered_is_refused_before_anybody_writes_their_name(client, cast, now, later):
    slot = slot_of(cast)
    forged = replace(slot, starts_at=slot.starts_at + later)
    text = client.get(reverse("web:book_who"), {"slot": forged.token}).content.decode()
    assert "Cet horaire n’est plus libre" in text
    assert 'name="first_name"' not in text
    tokens = re.findall(r'name="slot" value="([^"]+)"', text)
    assert len(tokens) == 3
    assert 'name="first_name"' in client.get(reverse("web:book_who"), {"slot": tokens[0]}).content.decode()
    # Sent without having seen that page.
    assert "touchez celui qui vous va" in book_online(client, forged).content.decode()
    assert not Appointment.objects.exists()


def test_after_an_error_the_browser_goes_back_to_a_page_it_may_ask_for_again(client, cast, now):
    """Pages that hold what was typed are never stored; page.js makes "back" ask for their address instead."""
    slot = slot_of(cast)
    page = book_online(client, slot, phone="06 12")
    text = page.content.decode()
    assert "no-store" in page["Cache-Control"]
    assert "data-answers-a-form" in text
    assert f'action="{reverse("web:book_who")}?slot={slot.token}"' in text
    assert not page.cookies
    again = client.get(reverse("web:book_who"), {"slot": slot.token}).content.decode()
    assert "06 12" not in again
    assert "data-answers-a-form" not in again
