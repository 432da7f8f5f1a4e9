"""Public pages: home, places as a list and as a map, one place, démarches, workshops, what the law asks."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.models import Reason
from helpdesk.services.queue import take_ticket
from mediation.accounts.actor import Actor, Door
from mediation.channels.web.views import appointment
from sites.models import Site
from tests.cast import at
from workshops.enums import RegistrationStatus
from workshops.models import Registration
from workshops.services import cancel_registration, open_workshop
from workshops.services import register as register_at_desk


@pytest.fixture
def workshop(cast, now):
    return open_workshop(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        title="Premiers pas",
        starts_at=at(18, days=2),
        ends_at=at(20, days=2),
        capacity=1,
        by=Actor(door=Door.COMMAND),
    )


def text_of(client, name: str, *args, query: str = "") -> str:
    response = client.get(reverse(f"web:{name}", args=args) + query)
    assert response.status_code == 200
    return response.content.decode()


def test_home_asks_what_is_needed(client, cast):
    text = text_of(client, "home")
    assert "De quoi avez-vous besoin ?" in text
    assert len(re.findall(r'class="answer"', text)) == 5
    assert f"need={cast.any_need.uid}" in text


def test_home_without_any_reason_still_gives_the_number(client, db, settings):
    text = text_of(client, "home")
    assert settings.NETWORK_PHONE in text
    assert "Prendre un rendez-vous" not in text


def test_what_is_not_published_is_not_shown(client, cast):
    Site.objects.filter(pk=cast.empalot.pk).update(is_published=False)
    assert "Médiathèque Empalot" not in text_of(client, "places")
    assert client.get(reverse("web:place", args=[cast.empalot.uid])).status_code == 404


def test_computers_are_free_where_the_place_is_open(client, cast, workshop, now):
    assert "ordinateur libre" not in text_of(client, "place", cast.empalot.uid)
    now.move_to(at(11))
    assert "1 ordinateur libre sur 1." in text_of(client, "place", cast.empalot.uid)


def test_a_place_tells_hours_computers_and_how_to_book(client, cast, workshop):
    text = text_of(client, "place", cast.empalot.uid)
    assert "Mercredi" in text or "mercredi 2 décembre" in text
    assert "1 ordinateur." in text, "a place that is shut has no computer free"
    assert "imprimante" in text
    assert "Premiers pas" in text
    assert f"?place={cast.empalot.uid}" in text
    leaflet = text.split('class="leaflet ')[1]
    assert '<div class="qr"><svg' in leaflet
    assert f"http://testserver{reverse('web:place', args=[cast.empalot.uid])}" in leaflet


def test_a_demarche_tells_what_to_bring_and_the_nearest_help(client, cast, now):
    cast.caf.what_to_bring = ["Numéro d’allocataire"]
    cast.caf.everyday_words = ["APL"]
    cast.caf.save()
    assert "CAF" in text_of(client, "demarches", query="?text=apl")
    assert "pas dans notre liste" in text_of(client, "demarches", query="?text=zzz")
    text = text_of(client, "demarche", "caf")
    assert "Numéro d’allocataire" in text
    assert "Médiathèque Empalot" in text


@pytest.mark.parametrize("name", ["accessibility", "legal", "privacy"])
def test_every_page_leads_to_what_the_law_asks(client, cast, name):
    assert reverse(f"web:{name}") in text_of(client, "home")
    assert cast.mairie.name in text_of(client, "privacy")
    text_of(client, name)


@pytest.mark.parametrize("geocoder", [(), ("ban",)])
def test_the_privacy_notice_tells_who_receives_where_somebody_is(client, cast, settings, geocoder):
    settings.GEOCODER = geocoder
    text = text_of(client, "privacy")
    assert "nous envoie où vous êtes, à cent mètres près" in text
    assert ("Base Adresse Nationale" in text) == bool(geocoder)


def test_the_privacy_notice_tells_how_long_devices_and_numbers_are_counted(client, cast):
    text = " ".join(text_of(client, "privacy").split())
    assert "l’adresse de votre appareil est comptée sous une forme illisible pendant une heure" in text
    assert "celui d’où vous appelez notre ligne automatique, pendant un jour" in text


def test_the_legal_notice_names_who_publishes_and_who_hosts(client, cast, settings):
    assert "connaître l’hébergeur" in text_of(client, "legal")
    settings.NETWORK_ADDRESS = "1 place du Capitole, 31000 Toulouse"
    settings.NETWORK_HOST = "Un hébergeur, 2 rue des Lices, 81000 Albi, 05 36 49 00 99"
    text = text_of(client, "legal")
    assert settings.NETWORK_ADDRESS in text
    assert settings.NETWORK_HOST in text
    assert "connaître l’hébergeur" not in text


@pytest.mark.parametrize("others_bring", ["Votre téléphone.", "Une pièce d’identité."])
def test_a_place_says_once_what_several_needs_ask_to_bring(client, cast, now, others_bring):
    Reason.objects.update(what_to_bring="Votre téléphone.")
    Reason.objects.filter(pk=cast.any_need.pk).update(what_to_bring=others_bring)
    page = text_of(client, "place", cast.empalot.uid)
    said = page.partition('id="apporter"')[2].partition("</section>")[0]
    assert said.count("Votre téléphone.") == 1
    assert ("Tous besoins" in said) == (others_bring != "Votre téléphone.")
    leaflet = page.partition('class="leaflet ')[2].partition("</article>")[0]
    assert leaflet.count("Votre téléphone.") == 1
    assert ("pièce d’identité" in leaflet) == (others_bring != "Votre téléphone."), (
        "the leaflet says what the page says"
    )
    assert "Ne donnez votre mot de passe à personne." in leaflet


def register(client, workshop, **fields):
    return client.post(reverse("web:workshop", args=[workshop.uid]), {"first_name": "Odette", **fields}, follow=True)


def test_a_resident_registers_then_the_next_one_waits_if_they_wish(client, cast, workshop):
    assert "1 place restante" in text_of(client, "workshops")
    first = register(client, workshop).content.decode()
    assert "votre place est réservée" in first
    full = register(client, workshop, first_name="Marcel").content.decode()
    assert "Complet : vous seriez 1re sur la liste" in full
    assert Registration.objects.count() == 1
    waiting = register(client, workshop, first_name="Marcel", waits="on").content.decode()
    assert "Vous êtes 1re sur la liste d’attente" in waiting
    assert Registration.objects.count() == 2


def test_nobody_learns_who_is_registered_by_typing_a_name_and_a_number(client, cast, workshop):
    register_at_desk(workshop=workshop, beneficiary=cast.lucette, by=Actor.at_desk(cast.claire))
    answer = register(client, workshop, first_name="Lucette", last_name="Fabré", phone="06 39 98 00 01")
    text = answer.content.decode()
    assert "Nous ne pouvons pas noter votre demande ici" in text
    assert "déjà inscrite" not in text


def test_a_form_sent_twice_registers_once(client, cast, workshop):
    key = re.search(r'name="key" value="([^"]+)"', text_of(client, "workshop", workshop.uid)).group(1)
    first, again = (register(client, workshop, key=key, phone="06 39 98 00 77") for _time in range(2))
    registration = Registration.objects.get()
    assert registration.code in first.content.decode()
    assert registration.code in again.content.decode()
    assert Beneficiary.objects.filter(first_name="Odette").count() == 1
    register(client, workshop, key=key, first_name="Marcel", waits="on")
    assert Registration.objects.count() == 2, "somebody else is somebody else"


def test_a_form_sent_again_once_the_seat_is_given_back_says_so(client, cast, workshop):
    key = re.search(r'name="key" value="([^"]+)"', text_of(client, "workshop", workshop.uid)).group(1)
    register(client, workshop, key=key)
    cancel_registration(registration=Registration.objects.get(), by=Actor.at_desk(cast.claire))
    again = register(client, workshop, key=key)
    assert again.redirect_chain[-1][0] == reverse("web:appointment_sheet")
    assert "Vous n’êtes plus inscrit à cet atelier" in again.content.decode()


def test_a_registration_is_found_and_given_back(client, cast, workshop):
    register(client, workshop)
    registration = Registration.objects.get()
    client.cookies.clear()
    found = client.post(
        reverse("web:appointment"), {"reference": registration.reference, "secret": registration.code}, follow=True
    )
    assert "Mon atelier" in found.content.decode()
    question = client.get(reverse("web:appointment_cancel")).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', question).group(1)
    answer = client.post(reverse("web:appointment_cancel"), {"token": token}, follow=True).content.decode()
    assert "Vous n’êtes plus inscrit" in answer


def test_a_seat_that_is_kept_is_taken_on_ones_own_page(client, cast, workshop):
    register_at_desk(workshop=workshop, beneficiary=cast.lucette, by=Actor.at_desk(cast.claire))
    register(client, workshop, waits="on")
    waiting = Registration.objects.get(status=RegistrationStatus.WAITING)
    sheet = text_of(client, "appointment_sheet")
    assert reverse("web:appointment_seat") not in sheet
    cancel_registration(registration=Registration.objects.get(beneficiary=cast.lucette), by=Actor.at_desk(cast.claire))
    sheet = text_of(client, "appointment_sheet")
    assert "Une place s’est libérée" in sheet
    assert "Une place est gardée pour vous jusqu’au" in sheet
    assert "Appelez-nous pour la prendre" not in sheet
    client.post(reverse("web:appointment_seat"), {"token": "forged"})
    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.OFFERED
    token = re.search(r'name="token" value="([^"]+)"', sheet).group(1)
    taken = client.post(reverse("web:appointment_seat"), {"token": token}, follow=True).content.decode()
    waiting.refresh_from_db()
    assert waiting.status == RegistrationStatus.REGISTERED
    assert "Une place est gardée" not in taken
    assert "Mon atelier" in taken


def test_a_seat_that_went_to_somebody_else_is_told_plainly(client, cast, workshop, monkeypatch):
    register_at_desk(workshop=workshop, beneficiary=cast.lucette, by=Actor.at_desk(cast.claire))
    register(client, workshop, waits="on")
    cancel_registration(registration=Registration.objects.get(beneficiary=cast.lucette), by=Actor.at_desk(cast.claire))
    token = re.search(r'name="token" value="([^"]+)"', text_of(client, "appointment_sheet")).group(1)

    def refuse(**_seat):
        raise ValidationError("Il n’y a plus de place gardée pour cette personne.")

    monkeypatch.setattr(appointment, "accept_offer", refuse)
    answer = client.post(reverse("web:appointment_seat"), {"token": token}).content.decode()
    assert "Cette place n’est plus gardée pour vous." in answer
    assert "cette personne" not in answer


def test_a_workshop_that_began_is_not_offered(client, cast, workshop, now):
    now.shift(dt.timedelta(days=3))
    assert client.get(reverse("web:workshop", args=[workshop.uid])).status_code == 404
    assert "Pas d’atelier prévu" in text_of(client, "workshops")


def test_a_queue_that_is_open_says_how_many_wait_and_how_long(cast, now, client):
    cast.opening.takes_tickets = True
    cast.opening.save()
    for _number in range(2):
        take_ticket(site=cast.empalot, by=Actor.at_desk(cast.claire))
    for address in (reverse("web:places"), reverse("web:place", args=[cast.empalot.uid])):
        assert "2 personnes attendent, environ 40" in client.get(address).content.decode()
    now.move_to(at(12))
    assert "Sans rendez-vous" not in client.get(reverse("web:places")).content.decode()
