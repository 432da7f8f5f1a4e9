"""Tickets at the kiosk: four screens, no name, nothing left; where none is given, a slot or a call."""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.enums import Cause, Outcome
from helpdesk.models import DropIn, HelpRequest, Ticket
from helpdesk.services import close_request
from helpdesk.services.queue import call_next, close_queue, leave
from mediation.accounts.actor import Actor, Door
from mediation.channels import attempts
from mediation.channels.kiosk.services import add_device
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
START, MENU, TICKET = reverse("kiosk:start"), reverse("kiosk:menu"), reverse("kiosk:ticket")


@pytest.fixture
def kiosk(cast) -> Client:
    """A screen at the library of Empalot, where Amina receives with and without appointment until noon."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    _device, code = add_device(site=cast.empalot, name="Borne de l’entrée", by=Actor.at_desk(cast.admin))
    screen = Client()
    screen.post(reverse("kiosk:pair"), {"code": code})
    return screen


def text_of(response) -> str:
    return response.content.decode()


def test_four_screens_to_a_number(kiosk):
    menu = text_of(kiosk.get(MENU))
    assert f'href="{TICKET}"' in menu
    assert "Personne n’attend" in menu
    assert "On ne vous demande rien" in text_of(kiosk.get(TICKET))
    assert not Ticket.objects.exists()
    response = kiosk.post(TICKET, {"priority": "no"})
    number = kiosk.get(response.url)
    assert re.search(r"Votre numéro\s*<strong>1</strong>", text_of(number))
    assert "moins de 5" in text_of(number)
    assert "no-store" in number["Cache-Control"]
    ticket = Ticket.objects.get()
    assert (ticket.taken_through, ticket.is_priority, ticket.beneficiary) == (Door.KIOSK, False, None)


def test_priority_is_one_touch(kiosk):
    number = kiosk.get(kiosk.post(TICKET, {"priority": "yes"}).url)
    assert Ticket.objects.get().is_priority
    assert "Ticket prioritaire" in text_of(number)


def key_in(response) -> str:
    return re.search(r'name="key" value="([^"]+)"', text_of(response)).group(1)


def test_a_second_tap_takes_no_second_number(kiosk):
    touched = {"priority": "no", "key": key_in(kiosk.get(TICKET))}
    assert key_in(kiosk.get(TICKET)) != touched["key"], "the next person's form is another"
    first, again = (text_of(kiosk.get(kiosk.post(TICKET, touched).url)) for _tap in range(2))
    assert "<strong>1</strong>" in first
    assert "<strong>1</strong>" in again
    assert Ticket.objects.count() == 1
    kiosk.post(TICKET, {"priority": "no", "key": key_in(kiosk.get(TICKET))})
    assert Ticket.objects.count() == 2


def test_a_form_sent_again_once_the_ticket_is_over_says_so(kiosk, cast):
    touched = {"priority": "no", "key": key_in(kiosk.get(TICKET))}
    kiosk.post(TICKET, touched)
    leave(ticket=Ticket.objects.get(), by=Actor.at_desk(cast.claire))
    over = text_of(kiosk.get(kiosk.post(TICKET, touched).url))
    assert "Ce ticket ne vaut plus" in over
    assert "<strong>1</strong>" not in over
    assert f'href="{TICKET}"' in over


def test_whoever_is_called_reads_it(kiosk, cast):
    number = kiosk.post(TICKET, {"priority": "no"}).url
    call_next(site=cast.empalot, mediator=cast.amina_mediator, by=Actor.at_desk(cast.amina))
    assert "On vous appelle maintenant" in text_of(kiosk.get(number))


def test_nothing_of_the_last_person_is_left(kiosk, now):
    number = kiosk.post(TICKET, {"priority": "no"}).url
    kiosk.get(START)
    assert kiosk.get(number).url == START
    kiosk.post(TICKET, {"priority": "no"})
    now.shift(121)
    assert kiosk.get(number).url == START


def test_another_place_s_kiosk_does_not_show_it(kiosk, cast):
    number = kiosk.post(TICKET, {"priority": "no"}).url
    _device, code = add_device(site=cast.bellefontaine, name="Borne", by=Actor.at_desk(cast.admin))
    kiosk.post(reverse("kiosk:pair"), {"code": code})
    assert kiosk.get(number).url == START


def test_where_nobody_receives_without_appointment_there_is_no_key(kiosk, cast):
    cast.opening.takes_tickets = False
    cast.opening.save()
    assert TICKET not in text_of(kiosk.get(MENU))
    assert kiosk.get(TICKET).url == MENU


def test_closed_it_says_so_counts_and_offers_a_slot_or_a_call(kiosk, cast):
    close_queue(site=cast.empalot, by=Actor.at_desk(cast.claire))
    menu = text_of(kiosk.get(MENU))
    assert "Être aidé autrement" in menu, "what the button does, then why"
    assert "La file est fermée" in menu
    assert f'action="{TICKET}"' in menu
    closed = text_of(kiosk.post(TICKET))
    assert "plus de ticket" in closed
    assert reverse("kiosk:ticket_call_back") in closed
    assert f'href="{reverse("kiosk:need")}"' in closed
    assert DropIn.objects.get().turned_away == 1
    assert not Ticket.objects.exists()


def test_a_call_needs_a_number_and_gets_one(kiosk, cast):
    address = reverse("kiosk:ticket_call_back")
    assert "data-keypad" in text_of(kiosk.get(address))
    assert "Tapez votre numéro" in text_of(kiosk.post(address, {"phone": ""}))
    assert "Ce numéro n’est pas complet" in text_of(kiosk.post(address, {"phone": "06 3"}))
    assert not HelpRequest.objects.exists()
    done = kiosk.get(kiosk.post(address, {"phone": "06 39 98 00 77"}).url)
    asked = HelpRequest.objects.get()
    assert asked.beneficiary.language == "fr"
    assert (asked.cause, asked.organisation, asked.asked_through) == (Cause.TURNED_AWAY, cast.mairie, Door.KIOSK)
    assert " ".join(asked.reference[i : i + 2] for i in range(0, 8, 2)) in text_of(done)
    assert "39 98 00 77" not in text_of(done)
    kiosk.get(START)
    assert kiosk.get(reverse("kiosk:ticket_called_back")).url == START


def test_a_call_asked_for_twice_with_one_form_is_one_call_and_a_number_mended_another(kiosk):
    address, people = reverse("kiosk:ticket_call_back"), Beneficiary.objects.count()
    touched = {"phone": "06 39 98 00 77", "key": key_in(kiosk.get(address))}
    first, again = (text_of(kiosk.get(kiosk.post(address, touched).url)) for _tap in range(2))
    reference = HelpRequest.objects.get().spoken_reference
    assert reference in first
    assert reference in again
    assert Beneficiary.objects.count() == people + 1
    kiosk.post(address, {**touched, "phone": "06 39 98 00 78"})
    assert HelpRequest.objects.count() == 2


def test_a_call_that_was_made_is_not_promised_again(kiosk, cast):
    address = reverse("kiosk:ticket_call_back")
    touched = {"phone": "06 39 98 00 77", "key": key_in(kiosk.get(address))}
    kiosk.post(address, touched)
    close_request(request=HelpRequest.objects.get(), outcome=Outcome.WITHDRAWN, by=Actor.at_desk(cast.claire))
    over = text_of(kiosk.get(kiosk.post(address, touched).url))
    assert "Cette demande est terminée" in over
    assert "nous vous appelons" not in over


@pytest.mark.parametrize(("limit", "others"), [("CALL_BACKS_AT", "06 39 98 00 78"), ("CALL_BACKS_FOR", "+33639980077")])
def test_calls_are_not_asked_for_again_and_again(kiosk, monkeypatch, now, limit, others):
    """By one screen, or for one number however it is written; whoever is refused reads whom to telephone."""
    monkeypatch.setattr(attempts, limit, replace(getattr(attempts, limit), most=1))
    address = reverse("kiosk:ticket_call_back")
    assert kiosk.post(address, {"phone": "06 39 98 00 77"}).status_code == 302
    refused = kiosk.post(address, {"phone": others})
    assert refused.status_code == 429
    assert "Téléphonez au" in text_of(refused)
    assert "Appeler quelqu’un" in text_of(refused)
    assert "39 98 00 7" not in text_of(refused)
    assert HelpRequest.objects.count() == 1
    # A number that is not complete uses nothing up, and an hour later one may ask again.
    assert kiosk.post(address, {"phone": "06 3"}).status_code == 200
    cache.clear()
    assert kiosk.post(address, {"phone": others}).status_code == 302


def test_one_number_and_one_screen_leave_the_others_free(kiosk, cast, monkeypatch):
    monkeypatch.setattr(attempts, "CALL_BACKS_FOR", replace(attempts.CALL_BACKS_FOR, most=1))
    address = reverse("kiosk:ticket_call_back")
    for phone in ("06 39 98 00 77", "06 39 98 00 78"):
        assert kiosk.post(address, {"phone": phone}).status_code == 302


def test_too_early_and_too_late_nobody_is_counted_as_refused(kiosk, now):
    now.move_to(at(7))
    assert "à partir de 9" in text_of(kiosk.get(MENU))
    assert "trop tôt" in text_of(kiosk.post(TICKET))
    now.move_to(at(12, 5))
    assert TICKET not in text_of(kiosk.get(MENU))
    assert not DropIn.objects.filter(turned_away__gt=0).exists()


def test_a_screen_that_is_not_paired_gives_nothing(client, cast):
    for name in ("ticket", "ticket_number", "ticket_call_back", "ticket_called_back"):
        assert client.get(reverse(f"kiosk:{name}")).status_code == 403
    assert client.post(TICKET).status_code == 403
    assert not Ticket.objects.exists()


def test_whoever_finds_no_time_that_suits_is_called(kiosk, cast):
    address = f"{reverse('kiosk:ticket_call_back')}?no_slot=1"
    assert f'href="{address}"' in text_of(kiosk.get(reverse("kiosk:time"), {"need": cast.admin_help.uid}))
    assert "n’est pas complet" in text_of(kiosk.post(address, {"phone": "06 12"}))
    kiosk.post(address, {"phone": "06 39 98 00 66"})
    request = HelpRequest.objects.get()
    assert (request.cause, request.organisation, request.asked_through) == (Cause.NO_SLOT, cast.mairie, Door.KIOSK)


def test_a_closed_queue_says_so_and_leads_to_a_time_or_a_call(kiosk, cast):
    close_queue(site=cast.empalot, by=Actor.at_desk(cast.claire))
    menu = text_of(kiosk.get(MENU))
    assert "La file est fermée aujourd’hui" in menu
    assert "Prendre un ticket" not in menu
    instead = text_of(kiosk.post(TICKET))
    assert f'href="{reverse("kiosk:need")}"' in instead
    assert reverse("kiosk:ticket_call_back") in instead


def test_no_two_needs_share_a_picture(kiosk):
    pictures = [picture for _reason, picture in kiosk.get(reverse("kiosk:need")).context["needs"]]
    assert len(pictures) > 1
    assert len(set(pictures)) == len(pictures)
