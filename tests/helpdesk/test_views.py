"""Pages of the agenda and of one appointment, as agents use them."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from icalendar import Calendar

from helpdesk import services
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, OpeningPeriod
from helpdesk.selectors import Slot
from mediation.accounts.actor import Actor, Door
from mediation.kernel import formats
from mediation.privacy.models import JournalEntry
from tests.cast import TODAY, at
from tests.helpdesk.steps import note, slot_at, url, words

pytestmark = pytest.mark.usefixtures("now")


# --- Agenda -----------------------------------------------------------------------------------------------------


def test_a_mediator_opens_their_own_day(cast, booked, sign_in):
    page = sign_in(cast.amina).get(reverse("helpdesk:agenda")).content.decode()
    assert "Lucette Fabré" in page
    assert "Mardi 1er décembre 2026" in page
    assert "Libre" in page
    assert url("appointment", booked) in page


def test_the_front_desk_opens_a_place_and_reads_its_week(cast, booked, sign_in):
    client = sign_in(cast.claire)
    assert "Médiathèque Empalot" in client.get(reverse("helpdesk:agenda")).content.decode()
    week = client.get(reverse("helpdesk:agenda"), {"vue": "semaine", "jour": "2026-12-24"}).content.decode()
    assert "Noël" in week
    assert "Lucette" not in week
    assert client.get(reverse("helpdesk:agenda"), {"jour": "n’importe quoi", "qui": "m-x"}).status_code == 200


def test_people_of_others_are_only_taken_time(cast, sign_in):
    """At a place that two organisations share, one sees that the other's mediator is taken, not by whom."""
    OpeningPeriod.objects.create(
        mediator=cast.paul_mediator,
        site=cast.empalot,
        first_day=TODAY,
        start_time=dt.time(9),
        end_time=dt.time(12),
    ).reasons.add(cast.admin_help)
    slot = Slot(at(10), at(10, 30), cast.paul_mediator, cast.empalot, cast.admin_help)
    services.book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.paul))
    page = sign_in(cast.claire).get(reverse("helpdesk:agenda"), {"qui": f"s-{cast.empalot.uid}"}).content.decode()
    assert "Hassan" not in page
    assert "Pris" in page


# --- One appointment ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("door", "words"), [(Door.DESK, "Pris par l’accueil"), (Door.WEB, "Pris par le site public"), (Door.SMS, "par SMS")]
)
def test_what_nobody_signed_is_told_by_its_door(cast, booked, sign_in, door, words):
    Appointment.objects.update(booked_by=None, booked_through=door)
    assert words in sign_in(cast.amina).get(url("appointment", booked)).content.decode()


def test_the_receiver_reads_everything_and_the_journal_keeps_it(cast, booked, sign_in):
    cast.lucette.reception_needs = ["large_print"]
    cast.lucette.save()
    page = sign_in(cast.amina).get(url("appointment", booked)).content.decode()
    assert "Lucette Fabré" in page
    assert "06 39 98 00 01" in page
    assert "gros caractères" in page
    assert formats.reference(booked.reference) in page
    assert "Pris par Claire Martin" in page
    read = JournalEntry.objects.filter(action=JournalEntry.Action.READ, subject_uid=cast.lucette.uid)
    assert read.filter(user_uid=cast.amina.uid).exists()


def test_who_neither_receives_nor_booked_finds_nothing(cast, booked, at_partner, sign_in):
    for somebody, appointment in ((cast.paul, booked), (cast.sofia, booked)):
        client = sign_in(somebody)
        for name in ("appointment", "card", "calendar", "cancel", "move"):
            assert client.get(url(name, appointment)).status_code in (403, 404), (somebody, name)
        assert client.post(url("cancel", appointment), {"asked_by": "person"}).status_code in (403, 404)
        assert note(client, appointment, "arrived").status_code in (403, 404)
    booked.refresh_from_db()
    assert not booked.is_cancelled


def test_who_booked_elsewhere_keeps_seeing_it_and_may_cancel_but_not_say_who_came(cast, at_partner, sign_in):
    client = sign_in(cast.claire)
    page = client.get(url("appointment", at_partner)).content.decode()
    assert "Centre social Bellefontaine" in page
    assert 'name="verb"' not in page
    assert note(client, at_partner, "arrived").status_code == 403
    client.post(url("cancel", at_partner), {"asked_by": "person"})
    assert at_partner.attendees.get().status == AttendeeStatus.EXCUSED


def test_arrived_received_and_taken_back_in_one_touch_each(cast, booked, sign_in, now):
    client = sign_in(cast.amina)
    page = client.get(url("appointment", booked)).content.decode()
    assert 'value="arrived"' in page
    assert 'value="no_show"' not in page
    assert "Lucette Fabré : Arrivé." in words(note(client, booked, "arrived"))
    now.move_to(at(9, 50))
    response = note(client, booked, "seen", next=reverse("helpdesk:agenda"))
    assert response.url == reverse("helpdesk:agenda")
    assert booked.attendees.get().status == AttendeeStatus.SEEN
    note(client, booked, "undo")
    assert booked.attendees.get().state_label == "Arrivé"
    assert "n’existe pas" in words(note(client, booked, "delete"))


def test_a_gesture_never_leads_to_another_site(cast, booked, sign_in):
    response = note(sign_in(cast.amina), booked, "arrived", next="https://exemple.test/")
    assert response.url == url("appointment", booked)


def test_cancel_asks_then_can_be_undone(cast, booked, sign_in):
    client = sign_in(cast.claire)
    assert "Qui annule" in client.get(url("cancel", booked)).content.decode()
    client.post(url("cancel", booked), {"asked_by": "service"})
    page = client.get(url("appointment", booked)).content.decode()
    assert "Annulé par le service" in page
    assert "Rétablir" in page
    client.post(url("reinstate", booked))
    booked.refresh_from_db()
    assert not booked.is_cancelled
    assert "déjà" not in words(client.post(url("cancel", booked), {"asked_by": "person"}))
    assert "déjà annulé" in words(client.post(url("cancel", booked), {"asked_by": "person"}))


def test_a_time_given_away_is_not_restored_but_others_are_proposed(cast, booked, sign_in):
    client = sign_in(cast.claire)
    client.post(url("cancel", booked), {"asked_by": "person"})
    services.book(slot=slot_at(cast, at(9, 30)), people=[cast.hassan], by=Actor.at_desk(cast.claire))
    page = client.post(url("reinstate", booked)).content.decode()
    assert "n’est plus libre" in page
    assert f"10{formats.NO_BREAK}h" in page


def test_another_time_is_chosen_among_those_free(cast, booked, sign_in):
    client = sign_in(cast.claire)
    page = client.get(url("move", booked)).content.decode()
    wanted = slot_at(cast, at(11))
    assert wanted.token in page
    assert "Rivière" not in page
    assert "Rivière" in client.get(url("move", booked), {"avec": "tous", "jour": "2026-12-02"}).content.decode()
    services.book(slot=wanted, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    lost = client.post(url("move", booked), {"slot": wanted.token})
    assert lost.status_code == 409
    assert "vient d’être pris" in lost.content.decode()
    client.post(url("move", booked), {"slot": slot_at(cast, at(10)).token})
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(10)
    assert "Choisissez un horaire" in client.post(url("move", booked), {"slot": "x"}).content.decode()


def test_the_card_says_all_but_what_for_and_who(cast, booked, sign_in):
    cast.admin_help.what_to_bring = "Vos papiers et votre téléphone"
    cast.admin_help.save()
    page = sign_in(cast.claire).get(url("card", booked)).content.decode()
    card = page[page.index("<article") : page.index("</article>")]
    for shown in (formats.reference(booked.reference), booked.code, "Vos papiers", "40 avenue", "05 36 49 00 00"):
        assert shown in card
    for hidden in ("Lucette", "Fabré", cast.admin_help.label):
        assert hidden not in card


def test_the_calendar_file_follows_the_appointment(cast, booked, sign_in):
    client = sign_in(cast.claire)
    first = Calendar.from_ical(client.get(url("calendar", booked)).content).walk("VEVENT")[0]
    client.post(url("move", booked), {"slot": slot_at(cast, at(11)).token})
    moved = Calendar.from_ical(client.get(url("calendar", booked)).content).walk("VEVENT")[0]
    assert (first["UID"], first["SEQUENCE"] + 1) == (moved["UID"], moved["SEQUENCE"])
    assert moved.decoded("DTSTART") == at(11)
    client.post(url("cancel", booked), {"asked_by": "person"})
    text = client.get(url("calendar", booked)).content.decode()
    assert "STATUS:CANCELLED" in text
    page = client.get(url("appointment", booked)).content.decode()
    assert url("calendar", booked) not in page
    assert url("card", booked) not in page
    assert "Lucette" not in text
    assert cast.admin_help.label not in text


def test_the_agenda_s_fields_say_whose_it_is(cast, now, sign_in):
    html = sign_in(cast.claire).get(reverse("helpdesk:agenda")).content.decode()
    assert re.search(rf'<option value="s-{cast.empalot.uid}"\s+selected>', html)
    assert f'value="{TODAY.isoformat()}"' in html
