"""What is done from the agenda: a free stretch becomes an appointment, an appointment goes to a free stretch."""

import datetime as dt
import re

import pytest
from django.urls import reverse

from helpdesk import services
from helpdesk.models import Appointment
from helpdesk.selectors import Stretch
from mediation.accounts.actor import Actor
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from tests.cast import at
from tests.helpdesk.steps import slot_at

pytestmark = pytest.mark.usefixtures("now")
AGENDA = "helpdesk:agenda"


# --- Create -------------------------------------------------------------------------------------------------------


def stretch(cast, start: dt.datetime, end: dt.datetime) -> str:
    return Stretch(cast.amina_mediator, cast.empalot, start, end).token


def test_a_free_stretch_leads_to_the_hours_of_a_reason(cast, booked, sign_in):
    client = sign_in(cast.claire)
    agenda = client.get(reverse(AGENDA), {"qui": f"m-{cast.amina_mediator.uid}"}).content.decode()
    token = stretch(cast, at(10), at(12))
    assert f"{reverse('helpdesk:agenda_place')}?temps={token}" in agenda
    page = client.get(reverse("helpdesk:agenda_place"), {"temps": token, "motif": cast.desk_only.uid})
    hours = [slot.starts_at for slot in page.context["slots"]]
    assert hours == [at(10), at(11)]
    assert page.context["slots"][0].token in page.content.decode()


@pytest.mark.parametrize("said", ["", "x", "a.b.c.d", "0.0.0.0"])
def test_a_stretch_that_cannot_be_read_leads_back_to_the_agenda(cast, sign_in, said):
    response = sign_in(cast.claire).get(reverse("helpdesk:agenda_place"), {"temps": said})
    assert response.url == reverse(AGENDA)


# --- Move ---------------------------------------------------------------------------------------------------------


def move_url(appointment: Appointment) -> str:
    return reverse("helpdesk:agenda_move", args=[appointment.uid])


def test_an_appointment_is_moved_from_the_agenda_and_put_back(cast, booked, sign_in):
    client = sign_in(cast.claire)
    token = stretch(cast, at(10), at(12))
    choosing = client.get(reverse(AGENDA), {"deplacer": booked.uid.hex, "qui": f"m-{cast.amina_mediator.uid}"})
    assert f"{move_url(booked)}?temps={token}" in choosing.content.decode()
    asked = client.get(move_url(booked), {"temps": token, "vue": "semaine"})
    assert slot_at(cast, at(11)).token in asked.content.decode()
    moved = client.post(move_url(booked), {"temps": token, "slot": slot_at(cast, at(11)).token, "vue": "semaine"})
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(11)
    assert "vue=semaine" in moved.url
    page = client.get(moved.url).content.decode()
    assert "Rendez-vous déplacé" in page
    before = re.search(r'name="slot" value="([^"]+)"', page).group(1)
    client.post(move_url(booked), {"slot": before, "raison": "Remis", "remettre": "1"})
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, 30)
    assert Message.objects.filter(kind=MessageKind.MOVED, voided_at=None).count() == 1


def test_an_hour_that_is_not_offered_asks_why_first(cast, booked, sign_in):
    client = sign_in(cast.claire)
    said = {"temps": stretch(cast, at(10), at(12)), "heure": "13:00"}
    warned = client.post(move_url(booked), said)
    assert "ne reçoit pas" in warned.content.decode()
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, 30)
    slot = slot_at(cast, at(13)).token
    client.post(move_url(booked), {"temps": said["temps"], "slot": slot, "raison": "Elle vient de loin."})
    moved = Appointment.objects.get(pk=booked.pk)
    assert moved.starts_at == at(13)
    assert moved.override_reason == "Elle vient de loin."


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("", "Dites pourquoi vous prenez cet horaire malgré l’avertissement."),
        ("   ", "Dites pourquoi vous prenez cet horaire malgré l’avertissement."),
        ("Elle vient de loin. " * 20, "200 caractères"),
        ("2 48 05 31 555 123 45", "sécurité sociale"),
    ],
)
def test_without_a_good_reason_the_same_question_comes_back_and_says_why(cast, booked, sign_in, why, words):
    slot, temps = slot_at(cast, at(13)).token, stretch(cast, at(10), at(12))
    said = {"temps": temps, "slot": slot, "raison": why, "vue": "semaine"}
    page = sign_in(cast.claire).post(move_url(booked), said).content.decode()
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, 30)
    beside = re.search(r'<div class="error" id="why_error">.*?</div>\s*</div>\s*<input[^>]*>', page, re.DOTALL).group()
    assert words in beside
    assert 'aria-invalid="true"' in beside
    assert f'value="{why.strip()}"' in beside
    for kept in (f'value="{slot}"', f'value="{temps}"', 'value="semaine"', "ne reçoit pas"):
        assert kept in page


def test_a_reason_is_not_missed_before_it_is_asked(cast, booked, sign_in):
    said = {"temps": stretch(cast, at(10), at(12)), "heure": "13:00"}
    page = sign_in(cast.claire).post(move_url(booked), said).content.decode()
    assert 'id="why"' in page
    assert "why_error" not in page


def test_an_hour_that_somebody_took_is_said_and_nothing_moves(cast, booked, sign_in):
    taken = slot_at(cast, at(11))
    services.book(slot=taken, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    said = {"temps": stretch(cast, at(10), at(12)), "slot": taken.token}
    page = sign_in(cast.claire).post(move_url(booked), said).content.decode()
    assert "vient d’être pris" in page
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, 30)


@pytest.mark.parametrize("said", [{}, {"slot": "x"}, {"heure": "25:99"}, {"heure": "midi", "temps": "x"}])
def test_what_cannot_be_read_moves_nothing(cast, booked, sign_in, said):
    response = sign_in(cast.claire).post(move_url(booked), said)
    assert response.url == reverse("helpdesk:move", args=[booked.uid])
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, 30)


def test_nobody_moves_what_they_may_not_see(cast, booked, sign_in):
    for somebody, answer in ((cast.paul, 404), (cast.sofia, 403)):
        client = sign_in(somebody)
        assert client.get(move_url(booked), {"temps": stretch(cast, at(10), at(12))}).status_code == answer
        assert client.post(move_url(booked), {"slot": slot_at(cast, at(11)).token}).status_code == answer
    page = sign_in(cast.paul).get(reverse(AGENDA), {"deplacer": booked.uid.hex, "deplace": booked.uid.hex})
    assert "Lucette" not in page.content.decode()


def test_the_question_of_a_drop_is_drawn_without_the_page_around_it(cast, booked, sign_in):
    said = {"temps": stretch(cast, at(10), at(12))}
    part = sign_in(cast.claire).get(move_url(booked), said, headers={"HX-Request": "true"}).content.decode()
    assert "Déplacer ici" in part
    assert "<html" not in part
