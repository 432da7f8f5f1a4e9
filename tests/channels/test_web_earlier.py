"""« Venir plus tôt » on the public page of an appointment, and a form that is sent twice."""

import datetime as dt
import re
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.enums import OfferState
from helpdesk.models import Appointment, EarlierOffer, EarlierWish
from helpdesk.selectors import Slot
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
TOKEN = re.compile(r'name="token"\s+value="([^"]+)"')


def slot_at(cast, start: dt.datetime) -> Slot:
    return Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.admin_help)


@pytest.fixture
def late(cast) -> Appointment:
    """Lucette, in a fortnight."""
    return book(slot=slot_at(cast, at(9, days=14)), people=[cast.lucette], by=Actor.at_desk(cast.claire))


@pytest.fixture
def resident(client, late):
    """Lucette's own telephone, after she typed what her card says."""
    client.post(reverse("web:appointment"), {"reference": late.reference, "secret": late.code})
    return client


def free_a_time(cast) -> None:
    by = Actor.at_desk(cast.claire)
    person = Beneficiary.objects.create(first_name="Ana")
    cancel(appointment=book(slot=slot_at(cast, at(9, 30, days=7)), people=[person], by=by), by=by, asked_by_person=True)


def send(client, page: str, action: str, **said: str) -> str:
    """Send the form of a page and return where one comes out."""
    token = TOKEN.search(client.get(reverse(page)).content.decode()).group(1)
    return client.post(reverse(action), {"token": token, **said}, follow=True).content.decode()


def ask(client, wish: str) -> str:
    return send(client, "web:appointment_earlier", "web:appointment_earlier", wish=wish)


def test_a_resident_asks_for_an_earlier_time_and_takes_it_back(resident):
    sheet = resident.get(reverse("web:appointment_sheet")).content.decode()
    assert reverse("web:appointment_earlier") in sheet
    assert "Vous souhaitez venir plus tôt" in ask(resident, "anywhere")
    assert EarlierWish.objects.get().anywhere
    ask(resident, "here")
    assert not EarlierWish.objects.get().anywhere
    assert "Vous souhaitez venir plus tôt" not in ask(resident, "no")
    assert EarlierWish.objects.get().closed_at


@pytest.mark.parametrize(
    ("answer", "state", "start"),
    [("yes", OfferState.ACCEPTED, at(9, 30, days=7)), ("no", OfferState.DECLINED, at(9, days=14))],
)
def test_what_is_offered_is_taken_or_not(cast, resident, late, answer, state, start):
    ask(resident, "here")
    free_a_time(cast)
    sheet = resident.get(reverse("web:appointment_sheet")).content.decode()
    assert "Un horaire plus tôt est possible" in sheet
    assert "votre rendez-vous actuel ne change pas" in sheet
    send(resident, "web:appointment_sheet", "web:appointment_earlier_answer", answer=answer)
    assert EarlierOffer.objects.get().state == state
    assert Appointment.objects.get(pk=late.pk).starts_at == start
    assert "Un horaire plus tôt" not in resident.get(reverse("web:appointment_sheet")).content.decode()


def test_a_cancellation_that_is_refused_leaves_an_offer_that_can_be_answered(cast, resident, monkeypatch):
    def refuse(*_args: object, **_kwargs: object) -> None:
        raise ValidationError("Trop tard.")

    ask(resident, "here")
    free_a_time(cast)
    monkeypatch.setattr("mediation.channels.web.views.appointment.give_back", refuse)
    page = send(resident, "web:appointment_cancel", "web:appointment_cancel")
    assert "Trop tard." in page
    resident.post(reverse("web:appointment_earlier_answer"), {"token": TOKEN.search(page).group(1), "answer": "yes"})
    assert EarlierOffer.objects.get().state == OfferState.ACCEPTED


def test_no_other_site_can_answer_and_nobody_without_the_card(cast, client, resident):
    ask(resident, "here")
    free_a_time(cast)
    resident.post(reverse("web:appointment_earlier_answer"), {"answer": "yes", "token": "forged"})
    resident.cookies.clear()
    assert resident.post(reverse("web:appointment_earlier_answer"), {"answer": "yes"}).status_code == 302
    assert resident.get(reverse("web:appointment_earlier")).url == reverse("web:appointment")
    assert EarlierOffer.objects.get().state == OfferState.OPEN


def test_a_form_sent_twice_books_once_and_opens_one_file(cast, client):
    said = {"slot": slot_at(cast, at(9, 30, days=7)).token, "first_name": "Rosa", "form_key": str(uuid.uuid4())}
    for _press in range(2):
        assert client.post(reverse("web:book_who"), said).url == reverse("web:book_done")
        client.cookies.clear()
    assert Appointment.objects.count() == 1
    assert Beneficiary.objects.filter(first_name="Rosa").count() == 1
