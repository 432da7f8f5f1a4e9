"""People who come without an appointment: numbers, order, and what becomes of each ticket."""

import datetime as dt
import uuid

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from helpdesk.enums import TicketState
from helpdesk.models import DropIn, Ticket
from helpdesk.services import queue
from mediation.accounts.actor import Actor, Door
from tests.cast import TODAY, at
from tests.helpdesk.queue.steps import call, order, serve, take

pytestmark = pytest.mark.usefixtures("now")
KIOSK = Actor(door=Door.KIOSK, label="Borne")


# --- Numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_start_at_one_each_day_and_at_each_site(cast, desk, now):
    assert [ticket.number for ticket in take(cast, 3)] == [1, 2, 3]
    assert queue.take_ticket(site=cast.empalot, by=KIOSK).taken_through == Door.KIOSK
    now.move_to(at(9, days=7))
    assert take(cast)[0].number == 1
    assert DropIn.objects.count() == 2


def test_the_same_form_sent_twice_gets_one_number_also_once_the_queue_is_closed(cast, desk):
    key = uuid.uuid4()
    first = queue.take_ticket(site=cast.empalot, by=KIOSK, request_key=key)
    queue.close_queue(site=cast.empalot, by=desk)
    assert queue.take_ticket(site=cast.empalot, by=KIOSK, request_key=key) == first
    assert DropIn.objects.get().turned_away == 0
    queue.reopen_queue(site=cast.empalot, by=desk)
    assert queue.take_ticket(site=cast.empalot, by=KIOSK, request_key=uuid.uuid4()).number == 2


def test_the_same_form_at_another_place_or_on_another_day_gets_a_number_there(cast, desk, now):
    key, there = uuid.uuid4(), cast.partner_opening
    there.first_day, there.start_time, there.takes_tickets = TODAY, dt.time(9), True
    there.save()
    tickets = [queue.take_ticket(site=site, by=KIOSK, request_key=key) for site in (cast.empalot, cast.bellefontaine)]
    now.move_to(at(9, days=7))
    tickets += [queue.take_ticket(site=cast.empalot, by=KIOSK, request_key=key) for _time in range(2)]
    assert len(set(tickets)) == DropIn.objects.count() == 3


def test_the_database_refuses_a_number_given_twice(cast, desk):
    (ticket,) = take(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.create(drop_in=ticket.drop_in, number=1, taken_through=Door.DESK)


def test_the_database_lets_a_mediator_receive_one_person_at_a_time(cast, desk):
    take(cast, 2)
    call(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Ticket.objects.filter(number=2).update(state=TicketState.CALLED, called_at=at(9), mediator=cast.amina_mediator)


# --- Order -----------------------------------------------------------------------------------------------------------


def test_priority_goes_first_and_asks_no_reason(cast, desk):
    take(cast, 2)
    take(cast, is_priority=True)
    assert order(cast) == [3, 1, 2]
    assert [call(cast).number] == [3]


def test_a_mediator_who_is_not_finished_does_not_call_another(cast, desk):
    take(cast, 2)
    call(cast)
    with pytest.raises(ValidationError, match="encore avec le numéro 1") as refused:
        call(cast)
    assert refused.value.code == "busy"
    assert Ticket.objects.filter(state=TicketState.CALLED).count() == 1


def test_calling_an_empty_queue_says_so(cast, desk):
    with pytest.raises(ValidationError, match="Personne n’attend"):
        call(cast)


def test_who_did_not_answer_comes_back_behind_the_next_two_then_is_over(cast, desk, now):
    take(cast, 4)
    queue.no_answer(ticket=call(cast), by=desk)
    assert order(cast) == [2, 3, 1, 4]
    now.shift(dt.timedelta(minutes=1))
    assert serve(cast, now, 10).number == 2
    assert order(cast) == [3, 1, 4]
    assert serve(cast, now, 10).number == 3
    again = call(cast)
    assert again.number == 1
    gone = queue.no_answer(ticket=again, by=desk)
    assert gone.state == TicketState.NO_ANSWER
    assert order(cast) == [4]


def test_alone_in_the_queue_one_is_called_again_at_once(cast, desk):
    take(cast)
    queue.no_answer(ticket=call(cast), by=desk)
    assert call(cast).number == 1


def test_a_priority_ticket_that_did_not_answer_lets_two_go_first_too(cast, desk):
    take(cast, 3)
    take(cast, is_priority=True)
    queue.no_answer(ticket=call(cast), by=desk)
    assert order(cast) == [1, 2, 4, 3]


def test_sent_on_to_a_colleague_one_is_next_for_that_colleague_only(cast, desk, lea):
    take(cast, 3)
    sent = queue.transfer(ticket=call(cast), to=lea, by=desk)
    assert (sent.state, sent.mediator) == (TicketState.WAITING, lea)
    assert call(cast).number == 2
    assert call(cast, lea).number == 1


def test_nobody_is_sent_to_who_does_not_receive_here(cast, desk):
    take(cast)
    with pytest.raises(ValidationError, match="ne reçoit pas sans rendez-vous ici"):
        queue.transfer(ticket=call(cast), to=cast.paul_mediator, by=desk)


def test_somebody_without_ticket_is_taken_at_once_even_when_no_more_are_given(cast, desk, now):
    queue.close_queue(site=cast.empalot, by=desk)
    ticket = queue.take_directly(site=cast.empalot, mediator=cast.amina_mediator, by=desk)
    assert (ticket.number, ticket.state) == (1, TicketState.SERVED)
    with pytest.raises(ValidationError, match="encore avec"):
        queue.take_directly(site=cast.empalot, mediator=cast.amina_mediator, by=desk)


# --- What becomes of a ticket, and undoing it ------------------------------------------------------------------------


def called(cast, desk):
    return call(cast)


def came(cast, desk):
    return queue.arrive(ticket=call(cast), by=desk)


def finished(cast, desk):
    return queue.end_ticket(ticket=came(cast, desk), by=desk)


def unanswered(cast, desk):
    return queue.no_answer(ticket=call(cast), by=desk)


def left(cast, desk):
    return queue.leave(ticket=Ticket.objects.get(), by=desk)


@pytest.mark.parametrize(
    ("gesture", "state", "before"),
    [
        (called, TicketState.CALLED, TicketState.WAITING),
        (came, TicketState.SERVED, TicketState.CALLED),
        (finished, TicketState.SERVED, TicketState.SERVED),
        (unanswered, TicketState.WAITING, TicketState.CALLED),
        (left, TicketState.LEFT, TicketState.WAITING),
    ],
)
def test_each_gesture_can_be_taken_back_once(cast, desk, gesture, state, before):
    take(cast)
    ticket = gesture(cast, desk)
    assert ticket.state == state
    undone = queue.undo(ticket=ticket, by=desk)
    undone.refresh_from_db()
    assert (undone.state, undone.ended_at, undone.returned_at) == (before, None, None)
    assert undone.is_under_way == (before != TicketState.WAITING)
    with pytest.raises(ValidationError, match="plus rien à défaire"):
        queue.undo(ticket=undone, by=desk)


def test_taking_back_does_not_give_a_mediator_two_people(cast, desk):
    take(cast, 2)
    over = queue.end_ticket(ticket=call(cast), by=desk)
    call(cast)
    with pytest.raises(ValidationError, match="encore avec le numéro 2"):
        queue.undo(ticket=over, by=desk)


@pytest.mark.parametrize("verb", [queue.arrive, queue.no_answer, queue.end_ticket])
def test_who_was_not_called_cannot_have_come_nor_missed_nor_finished(cast, desk, verb):
    (ticket,) = take(cast)
    with pytest.raises(ValidationError, match="a changé entre-temps"):
        verb(ticket=ticket, by=desk)


def test_a_page_that_is_late_changes_nothing(cast, desk):
    take(cast)
    ticket = call(cast)
    queue.end_ticket(ticket=ticket, by=desk)
    for verb in (queue.arrive, queue.no_answer, queue.end_ticket, queue.leave):
        with pytest.raises(ValidationError):
            verb(ticket=ticket, by=desk)
