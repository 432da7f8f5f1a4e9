"""Several people take a ticket, several mediators call, all at the same moment: nobody shares a number."""

import datetime as dt

import pytest
from django.utils import timezone

from directory.models import Mediator
from helpdesk.enums import TicketState
from helpdesk.models import DropIn, OpeningPeriod, Ticket
from helpdesk.services import queue
from mediation.accounts.actor import Actor, Door
from mediation.channels.kiosk.services import text_ticket
from mediation.messaging.models import Message
from tests.concurrency.writers import at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

MEDIATORS, PEOPLE = 8, 8
KIOSK = Actor(door=Door.KIOSK)


@pytest.fixture
def mediators(cast) -> list[Mediator]:
    """Eight mediators who receive at Empalot all day long, by the real clock."""
    rows = [
        Mediator.objects.create(organisation=cast.mairie, first_name="Ana", last_name=f"N{number}")
        for number in range(MEDIATORS)
    ]
    for mediator in rows:
        OpeningPeriod.objects.create(
            mediator=mediator,
            site=cast.empalot,
            takes_tickets=True,
            first_day=timezone.localdate(),
            start_time=dt.time(0),
            end_time=dt.time(23, 59),
        )
    return rows


@pytest.fixture
def waiting(cast) -> list[Ticket]:
    """As many tickets as there are mediators, whatever the hour and the day: written without asking the queue."""
    drop_in = DropIn.objects.create(site=cast.empalot, day=timezone.localdate())
    return Ticket.objects.bulk_create(
        Ticket(drop_in=drop_in, number=number, taken_through=Door.DESK) for number in range(1, PEOPLE + 1)
    )


def test_two_mediators_never_call_the_same_ticket(cast, mediators, waiting):
    verbs = [
        lambda mediator=mediator: queue.call_next(site=cast.empalot, mediator=mediator, by=KIOSK)
        for mediator in mediators
    ]
    assert at_once(verbs) == [None] * MEDIATORS
    called = Ticket.objects.filter(state=TicketState.CALLED)
    assert called.count() == PEOPLE
    assert called.values("mediator").distinct().count() == MEDIATORS


def test_two_people_never_get_the_same_number(cast, mediators):
    mediator = mediators[0]
    verbs = [
        # Whoever has no ticket gets the next number too: this way needs no opening hours.
        lambda mediator=mediator: queue.take_directly(site=cast.empalot, mediator=mediator, by=KIOSK)
        for mediator in mediators
    ]
    assert at_once(verbs) == [None] * MEDIATORS
    assert sorted(Ticket.objects.values_list("number", flat=True)) == list(range(1, MEDIATORS + 1))
    assert mediator.tickets.count() == 1


def test_a_day_begins_once_whoever_comes_first(cast, mediators):
    verbs = [lambda: queue.turn_away(site=cast.empalot, by=KIOSK)] * PEOPLE
    assert at_once(verbs) == [None] * PEOPLE
    assert DropIn.objects.get().turned_away == PEOPLE


def test_a_ticket_is_texted_once_however_often_it_is_asked_for_at_once(cast, waiting):
    for ticket in waiting:
        verbs = [lambda ticket=ticket: text_ticket(ticket=ticket, phone="+33639980077", language="fr", by=KIOSK)] * 4
        assert at_once(verbs) == [None] * 4
    assert Message.objects.count() == len(waiting)
