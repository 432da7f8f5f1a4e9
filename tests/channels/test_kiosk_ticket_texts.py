"""The number of a ticket on one's own telephone: only where somebody asks, at once, and never for long."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.urls import reverse

from directory.models import Beneficiary
from helpdesk.models import Ticket
from helpdesk.occasions import TICKETS
from helpdesk.services.queue import call_next, leave
from mediation.accounts.actor import Actor
from mediation.channels.kiosk import limits, selectors
from mediation.messaging import services as messaging
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Message
from tests.cast import at

pytestmark = pytest.mark.usefixtures("now")
START, TICKET, NUMBER, TEXT = (reverse(f"kiosk:{name}") for name in ("start", "ticket", "ticket_number", "ticket_text"))
PHONE = {"phone": "06 39 98 00 77"}


@pytest.fixture
def with_ticket(kiosk, cast):
    """A screen at the library of Empalot, where somebody has just taken the number 1."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    kiosk.post(TICKET, {"priority": "no"})
    return kiosk


def text_of(response) -> str:
    return response.content.decode()


def test_the_number_is_texted_to_whoever_wishes_and_still_shown(with_ticket, cast):
    assert f'href="{TEXT}"' in text_of(with_ticket.get(NUMBER))
    assert "data-keypad" in text_of(with_ticket.get(TEXT))
    people = Beneficiary.objects.count()
    answer = with_ticket.post(TEXT, PHONE)
    message = Message.objects.get()
    assert (message.kind, message.medium, message.recipient) == (MessageKind.TICKET, Medium.SMS, "+33639980077")
    assert (message.organisation, message.beneficiary, message.language) == (cast.mairie, None, "fr")
    assert "numéro 1, médiathèque Empalot" in message.body
    assert message.attempts.get().parts == 1
    shown = text_of(with_ticket.get(answer.url))
    assert "<strong>1</strong>" in shown
    assert "SMS" in shown
    assert "39 98" not in shown
    assert Beneficiary.objects.count() == people, "a number in a queue opens no file"
    with_ticket.get(START)
    assert with_ticket.get(TEXT).url == START


def test_it_is_said_in_the_language_of_the_screen(with_ticket):
    with_ticket.post(reverse("kiosk:language"), {"language": "es"})
    with_ticket.post(TEXT, PHONE)
    assert Message.objects.get().language == "es"


def test_the_page_promises_what_happens(with_ticket, monkeypatch):
    with_ticket.post(TEXT, PHONE)
    assert "pas encore branché ici" in text_of(with_ticket.get(NUMBER))
    monkeypatch.setattr(selectors, "STAYS_HERE", frozenset())
    assert "Un SMS part vers votre téléphone" in text_of(with_ticket.get(NUMBER))


def test_sent_twice_it_is_texted_once(with_ticket):
    for _tap in range(2):
        assert with_ticket.post(TEXT, PHONE).url == NUMBER
    assert Message.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "told"), [("", "touchez « Retour »"), ("06 3", "pas complet"), ("05 36 49 00 11", "numéro de portable")]
)
def test_a_number_that_receives_no_text_is_asked_again(with_ticket, typed, told):
    assert told in text_of(with_ticket.post(TEXT, {"phone": typed})).replace("\xa0", " ")
    assert not Message.objects.exists()


def test_a_telephone_that_refuses_messages_gets_none_and_nobody_learns_it(with_ticket, monkeypatch):
    monkeypatch.setattr(selectors, "STAYS_HERE", frozenset())
    messaging.refuse_messages(number="+33639980077", at=at(8))
    with_ticket.post(TEXT, PHONE)
    assert Message.objects.get().attempts.get().state == AttemptState.SKIPPED
    assert "Un SMS part vers votre téléphone" in text_of(with_ticket.get(NUMBER))


def test_it_means_something_as_long_as_the_person_waits(with_ticket, cast, now):
    ticket = Ticket.objects.get()
    assert TICKETS.versions([str(ticket.uid)]) == {str(ticket.uid): 1}
    leave(ticket=ticket, by=Actor.at_desk(cast.claire))
    assert TICKETS.versions([str(ticket.uid)]) == {}


def test_there_is_time_to_type(with_ticket, now):
    now.shift(100)
    with_ticket.get(TEXT)
    now.shift(100)
    assert with_ticket.post(TEXT, PHONE).url == NUMBER
    now.shift(100)
    assert with_ticket.get(NUMBER).status_code == 200


@pytest.mark.parametrize(("limit", "other"), [("TEXTS_AT", "06 39 98 00 78"), ("TEXTS_FOR", "+33639980077")])
def test_one_screen_and_one_number_get_few(with_ticket, monkeypatch, limit, other):
    monkeypatch.setattr(limits, limit, replace(getattr(limits, limit), most=1))
    with_ticket.post(TEXT, PHONE)
    refused = with_ticket.post(TEXT, {"phone": other})
    assert refused.status_code == 429
    assert f'href="{NUMBER}"' in text_of(refused), "the number is not lost"
    assert Message.objects.count() == 1
    cache.clear()


def test_a_place_where_nobody_receives_says_so(with_ticket, cast):
    cast.empalot.organisation = None
    cast.empalot.save()
    cast.empalot.mediators.clear()
    assert "Appelez-nous" in text_of(with_ticket.post(TEXT, PHONE))


def test_without_a_ticket_there_is_nothing_to_send(kiosk, cast):
    assert kiosk.get(TEXT).url == START
    assert kiosk.post(TEXT, PHONE).url == START
    assert not Message.objects.exists()


def test_whoever_is_called_already_is_not_offered_a_message(with_ticket, cast):
    call_next(site=cast.empalot, mediator=cast.amina_mediator, by=Actor.at_desk(cast.amina))
    assert TEXT not in text_of(with_ticket.get(NUMBER))
