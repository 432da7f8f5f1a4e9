"""Workshops at the kiosk: those of the place, then those around; a seat, or a rank for whoever leaves a number."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from directory.models import Beneficiary
from mediation.accounts.actor import Actor, Door
from mediation.channels.kiosk.services import add_device
from tests.cast import at
from workshops.enums import RegistrationStatus
from workshops.models import Registration
from workshops.services import cancel_registration, open_workshop, register

pytestmark = pytest.mark.usefixtures("now")
LIST = reverse("kiosk:workshops")


@pytest.fixture
def kiosk(cast) -> Client:
    """A screen at the library of Empalot."""
    _device, code = add_device(site=cast.empalot, name="Borne de l’entrée", by=Actor.at_desk(cast.admin))
    screen = Client()
    screen.post(reverse("kiosk:pair"), {"code": code})
    return screen


@pytest.fixture
def workshop(cast):
    """One seat at the library, in three days."""
    return made(cast, cast.empalot, cast.amina_mediator, "Premiers clics", days=3)


def made(cast, site, mediator, title, *, days):
    return open_workshop(
        title=title,
        mediator=mediator,
        site=site,
        starts_at=at(14, days=days),
        ends_at=at(16, days=days),
        capacity=1,
        themes=["hardware"],
        by=Actor.at_desk(cast.admin),
    )


def text_of(response) -> str:
    return response.content.decode()


def test_five_screens_to_a_seat(kiosk, cast, workshop):
    assert f'href="{LIST}"' in text_of(kiosk.get(reverse("kiosk:menu")))
    address = reverse("kiosk:workshop", args=[workshop.uid])
    assert f'href="{address}"' in text_of(kiosk.get(LIST))
    assert "Premiers clics" in text_of(kiosk.get(address))
    kiosk.post(reverse("kiosk:language"), {"language": "pt"})
    done = kiosk.get(kiosk.post(address, {"phone": "06 39 98 00 77"}).url)
    registration = Registration.objects.get()
    assert (registration.status, registration.booked_through) == (RegistrationStatus.REGISTERED, Door.KIOSK)
    assert registration.beneficiary.language == "pt"
    assert registration.code in text_of(done)
    assert "39 98" not in text_of(done)
    kiosk.get(reverse("kiosk:start"))
    assert kiosk.get(reverse("kiosk:done")).url == reverse("kiosk:start")


def test_a_number_is_needed_by_whoever_waits_only(kiosk, cast, workshop):
    address = reverse("kiosk:workshop", args=[workshop.uid])
    assert kiosk.post(address, {"phone": "06 3", "without": "1"}).url == reverse("kiosk:done")
    full = text_of(kiosk.get(address))
    assert "vous seriez 1re sur la liste" in full
    assert "facultatif" not in full
    assert "sans numéro" not in full
    assert "Tapez votre numéro" in text_of(kiosk.post(address, {"phone": "", "waits": "on"}))
    assert Registration.objects.count() == 1
    done = text_of(kiosk.get(kiosk.post(address, {"phone": "06 39 98 00 77", "waits": "on"}).url))
    assert "vous êtes sur la liste" in done
    assert Registration.objects.waiting().count() == 1


def test_nobody_waits_who_did_not_ask_to(kiosk, cast, workshop):
    """Somebody else took the last seat between two touches."""
    address = reverse("kiosk:workshop", args=[workshop.uid])
    register(workshop=workshop, beneficiary=cast.lucette, by=Actor.at_desk(cast.claire))
    again = text_of(kiosk.post(address, {"phone": "06 39 98 00 77"}))
    assert "Voulez-vous attendre une place" in again
    assert "06 39 98 00 77" in again
    assert Registration.objects.count() == 1


@pytest.mark.parametrize("touched", [{"phone": "06 39 98 00 77"}, {"phone": "", "without": "1"}])
def test_a_second_tap_takes_no_second_seat(kiosk, cast, workshop, touched):
    address = reverse("kiosk:workshop", args=[workshop.uid])
    people = Beneficiary.objects.count()
    touched["key"] = re.search(r'name="key" value="([^"]+)"', text_of(kiosk.get(address))).group(1)
    for _tap in range(2):
        assert kiosk.post(address, touched).url == reverse("kiosk:done")
    assert Registration.objects.count() == 1
    assert Beneficiary.objects.count() == people + 1


def test_a_form_sent_again_once_the_seat_is_given_back_says_so(kiosk, cast, workshop):
    address = reverse("kiosk:workshop", args=[workshop.uid])
    touched = {"without": "1", "key": re.search(r'name="key" value="([^"]+)"', text_of(kiosk.get(address))).group(1)}
    kiosk.post(address, touched)
    cancel_registration(registration=Registration.objects.get(), by=Actor.at_desk(cast.claire))
    again = text_of(kiosk.get(kiosk.post(address, touched).url))
    assert "Vous n’êtes plus inscrit à cet atelier" in again
    assert "vous êtes inscrit" not in again
    assert Registration.objects.get().code not in again


def test_without_any_here_those_around_are_shown(kiosk, cast):
    made(cast, cast.bellefontaine, cast.paul_mediator, "Photos", days=4)
    text = text_of(kiosk.get(LIST))
    assert "Pas d’atelier prévu ici" in text
    assert "Centre social Bellefontaine" in text
    cast.bellefontaine.latitude = 44.5
    cast.bellefontaine.save()
    assert "Pas d’atelier prévu pour le moment" in text_of(kiosk.get(LIST)), "a hundred kilometres are not around"
    assert f'href="{LIST}"' not in text_of(kiosk.get(reverse("kiosk:menu")))


def test_a_place_shows_its_own_then_others_where_asked(kiosk, cast, workshop):
    made(cast, cast.bellefontaine, cast.paul_mediator, "Photos", days=4)
    assert "Photos" not in text_of(kiosk.get(LIST))
    elsewhere = text_of(kiosk.get(LIST, {"nearby": "on"}))
    assert "Photos" in elsewhere
    assert "Premiers clics" not in elsewhere
    assert "Seulement ici" in elsewhere


@pytest.mark.parametrize("rows", [1, 4])
def test_the_list_costs_the_same_for_one_or_four(kiosk, cast, rows, django_assert_max_num_queries):
    for number in range(rows):
        made(cast, cast.empalot, cast.amina_mediator, f"Atelier {number}", days=number + 2)
    with django_assert_max_num_queries(2):
        kiosk.get(LIST)


def test_what_is_not_offered_leads_back_to_the_list(kiosk, cast, workshop):
    workshop.is_public = False
    workshop.save()
    assert kiosk.get(reverse("kiosk:workshop", args=[workshop.uid])).url == LIST
