"""« Changer l’horaire » on the public page of an appointment: the same reference, another time."""

import datetime as dt
import re
from dataclasses import replace

import pytest
from django.urls import reverse

from helpdesk.enums import ChangeKind, Mode, WhoBooks
from helpdesk.models import Appointment, Reason
from helpdesk.selectors import Need, Slot, first_slots
from helpdesk.services import book, cancel
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Message
from sites.models import Site
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
TOKEN = re.compile(r'name="token"\s+value="([^"]+)"')
SLOT = re.compile(r'\?slot=([0-9a-f.]+)"')


def slot_at(cast, start: dt.datetime) -> Slot:
    return Slot(start, start + dt.timedelta(minutes=30), cast.amina_mediator, cast.empalot, cast.admin_help)


@pytest.fixture
def booked(cast) -> Appointment:
    """Lucette, in a week."""
    return book(slot=slot_at(cast, at(9, days=7)), people=[cast.lucette], by=Actor.at_desk(cast.claire))


@pytest.fixture
def resident(client, booked):
    """Lucette's own telephone, after she typed what her card says."""
    client.post(reverse("web:appointment"), {"reference": booked.reference, "secret": booked.code})
    return client


def see(client, name: str, **query: str) -> str:
    """Return what a page says; its header repeats the address in every language."""
    return client.get(reverse(f"web:{name}"), query).content.decode().partition("<main")[2]


def take(client, slot: Slot, **said: str):
    """Confirm a time on the page that asks whether to take it."""
    address = reverse("web:appointment_move_confirm")
    token = TOKEN.search(client.get(address, {"slot": slot.token}).content.decode())
    return client.post(address, {"token": token.group(1) if token else "", "slot": slot.token, **said})


def test_a_resident_moves_an_appointment_step_by_step(resident, booked):
    assert reverse("web:appointment_move") in see(resident, "appointment_sheet")
    times = see(resident, "appointment_move")
    assert "Médiathèque Empalot" in times
    chosen = SLOT.search(times).group(1)
    question = see(resident, "appointment_move_confirm", slot=chosen)
    assert "Votre rendez-vous passe du mardi 8 décembre, 9\u00a0h, au" in question
    assert "Garder ce rendez-vous" in question
    assert Appointment.objects.get().version == 1

    token = TOKEN.search(question).group(1)
    address = reverse("web:appointment_move_confirm")
    page = resident.post(address, {"slot": chosen, "token": token}, follow=True)

    moved = Appointment.objects.get()
    text = page.content.decode()
    assert page.redirect_chain[-1][0] == reverse("web:appointment_moved")
    assert f"{moved.reference[:2]} {moved.reference[2:4]}" in text
    assert (moved.reference, moved.code) == (booked.reference, booked.code)
    assert moved.starts_at != booked.starts_at
    assert "Lucette" not in text
    change = moved.changes.get()
    assert (change.kind, change.door, change.was_starting_at) == (ChangeKind.MOVED, Door.WEB, at(9, days=7))
    assert Message.objects.filter(kind=MessageKind.MOVED, version=2, voided_at=None).exists()
    assert not Message.objects.filter(version=1, voided_at=None).exists()


def test_another_place_is_chosen_by_its_name(cast, resident):
    places = see(resident, "appointment_move_place")
    assert "Centre social Bellefontaine" in places
    assert places.count("Médiathèque Empalot") == 1
    times = see(resident, "appointment_move", place=str(cast.bellefontaine.uid))
    chosen = SLOT.search(times).group(1)
    question = see(resident, "appointment_move_confirm", slot=chosen)
    assert "Le lieu change aussi" in question
    address = reverse("web:appointment_move_confirm")
    resident.post(address, {"slot": chosen, "token": TOKEN.search(question).group(1)})
    assert Appointment.objects.get().site == cast.bellefontaine


def test_a_time_that_somebody_took_meanwhile_offers_the_next_ones(cast, resident, booked):
    slot = slot_at(cast, at(10, days=7))
    address = reverse("web:appointment_move_confirm")
    token = TOKEN.search(see(resident, "appointment_move_confirm", slot=slot.token)).group(1)
    book(slot=slot, people=[cast.hassan], by=Actor.at_desk(cast.claire))
    text = resident.post(address, {"slot": slot.token, "token": token}).content.decode()
    text = text.partition("<main")[2]
    assert "Cet horaire n’est plus libre" in text
    assert "Votre rendez-vous ne change pas pour le moment" in text
    assert len(SLOT.findall(text)) == 3
    assert Appointment.objects.get(pk=booked.pk).starts_at == at(9, days=7)


@pytest.mark.parametrize("start", [at(9, days=-7), at(9, 7, days=7), at(9, days=700)])
def test_a_time_that_is_not_offered_is_refused_before_it_is_confirmed(cast, resident, start):
    text = see(resident, "appointment_move_confirm", slot=slot_at(cast, start).token)
    assert "Cet horaire n’est plus libre" in text
    assert len(SLOT.findall(text)) == 3
    assert not TOKEN.search(text)


def test_a_time_for_another_need_is_not_taken(cast, resident):
    slot = first_slots(Need(reason=cast.any_need, for_self_service=True), limit=1)[0]
    address = reverse("web:appointment_move_confirm")
    assert resident.get(address, {"slot": slot.token}).url == reverse("web:appointment_move")
    assert take(resident, slot).url == reverse("web:appointment_move")
    assert resident.get(address, {"slot": "x"}).url == reverse("web:appointment_move")


@pytest.mark.parametrize(
    ("when", "words"), [(at(8, 30, days=7), "trop proche"), (at(9, 10, days=7), "Ce rendez-vous est passé")]
)
def test_too_late_is_said_with_the_telephone(cast, resident, booked, time_machine, when, words):
    time_machine.move_to(when, tick=False)
    resident.post(reverse("web:appointment"), {"reference": booked.reference, "secret": booked.code})
    text = see(resident, "appointment_move")
    assert words in text
    assert 'href="tel:' in text.partition(words)[2]
    assert not SLOT.findall(text)
    take(resident, slot_at(cast, at(11, days=7)))
    assert Appointment.objects.get().version == 1


@pytest.mark.parametrize("change", [{"who_books": WhoBooks.DESK}, {"is_active": False}])
def test_what_residents_do_not_book_alone_is_moved_on_the_telephone(cast, resident, change):
    Reason.objects.filter(pk=cast.admin_help.pk).update(**change)
    assert "se change au téléphone" in see(resident, "appointment_move")


def test_a_visit_at_home_is_moved_on_the_telephone(resident):
    Appointment.objects.update(mode=Mode.HOME)
    assert "se change au téléphone" in see(resident, "appointment_move")


def test_a_place_that_is_not_shown_any_more_is_not_moved_to(cast, resident):
    Site.objects.filter(pk=cast.empalot.pk).update(is_published=False)
    assert not SLOT.findall(see(resident, "appointment_move"))
    take(resident, slot_at(cast, at(10, days=7)))
    assert Appointment.objects.get().version == 1


def test_what_is_cancelled_has_no_time_to_change(cast, resident, booked):
    cancel(appointment=booked, by=Actor.at_desk(cast.claire), asked_by_person=True)
    for name in ("appointment_move", "appointment_moved"):
        assert resident.get(reverse(f"web:{name}")).url == reverse("web:appointment_sheet")


def test_no_other_site_can_move_and_nobody_without_the_card(cast, client, resident):
    slot = slot_at(cast, at(10, days=7))
    take(resident, slot, token="forged")
    assert Appointment.objects.get().version == 1
    client.cookies.clear()
    for name in ("appointment_move", "appointment_move_place", "appointment_move_confirm"):
        assert client.get(reverse(f"web:{name}"), {"slot": slot.token}).url == reverse("web:appointment")


def test_sent_twice_it_moves_once(cast, resident):
    slot = slot_at(cast, at(10, days=7))
    token = TOKEN.search(see(resident, "appointment_move_confirm", slot=slot.token)).group(1)
    for _press in range(2):
        said = {"slot": slot.token, "token": token}
        answer = resident.post(reverse("web:appointment_move_confirm"), said)
        assert answer.url == reverse("web:appointment_moved")
    assert Appointment.objects.get().version == 2


def test_one_appointment_does_not_move_again_and_again(cast, resident, monkeypatch):
    monkeypatch.setattr(attempts, "MOVES_OF", replace(attempts.MOVES_OF, most=1))
    assert take(resident, slot_at(cast, at(10, days=7))).status_code == 302
    assert take(resident, slot_at(cast, at(11, days=7))).status_code == 429
    assert Appointment.objects.get().starts_at == at(10, days=7)


def test_somebody_expected_elsewhere_at_that_hour_is_told_so(cast, resident, booked):
    there = first_slots(Need(reason=cast.admin_help, sites=[cast.bellefontaine.pk]), limit=1)[0]
    book(slot=there, people=[cast.lucette], by=Actor.at_desk(cast.paul))
    cast.partner_opening.mediator = cast.amina_mediator
    later = Slot(there.starts_at, there.ends_at, cast.amina_mediator, cast.bellefontaine, cast.admin_help)
    cast.partner_opening.save()
    text = take(resident, later).content.decode()
    assert "Vous avez déjà un rendez-vous à cette heure-là" in text
    assert Appointment.objects.get(pk=booked.pk).version == 1


def test_no_address_says_who_comes(resident, booked):
    pages = [see(resident, name) for name in ("appointment_move", "appointment_move_place", "appointment_moved")]
    for address in (link for page in pages for link in re.findall(r'href="(/[^"]*)"', page)):
        assert booked.reference not in address
        assert booked.uid.hex not in address.replace("-", "")
