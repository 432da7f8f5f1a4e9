"""People who come without an appointment: numbers, order, estimate, closing, and what becomes of each ticket."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from directory.enums import EngagementKind, OrganisationKind, Side
from directory.models import Engagement, Mediator, Organisation
from helpdesk.enums import QueueState, TicketState
from helpdesk.models import Absence, DropIn, OpeningPeriod, Ticket
from helpdesk.selectors.queue import queue_of, queues_now
from helpdesk.services import queue
from mediation.accounts.actor import Actor, Door
from mediation.activity.enums import Theme
from mediation.activity.models import Activity
from mediation.activity.services import Person
from sites.models import Closure, Site
from tests.cast import TODAY, at

pytestmark = pytest.mark.usefixtures("now")
KIOSK = Actor(door=Door.KIOSK, label="Borne")


@pytest.fixture
def desk(cast) -> Actor:
    """Tuesday 9:00: Amina receives at Empalot until noon, with and without appointment."""
    cast.opening.takes_tickets = True
    cast.opening.save()
    return Actor.at_desk(cast.claire)


@pytest.fixture
def lea(cast) -> Mediator:
    """A colleague of Amina's, who takes tickets at Empalot from 9:00 to 11:00."""
    mediator = Mediator.objects.create(organisation=cast.mairie, first_name="Léa", last_name="Roques")
    period = OpeningPeriod.objects.create(
        mediator=mediator,
        site=cast.empalot,
        takes_tickets=True,
        first_day=TODAY,
        start_time=dt.time(9),
        end_time=dt.time(11),
    )
    period.reasons.set([cast.any_need])
    return mediator


def take(cast, count: int = 1, **said) -> list[Ticket]:
    """Give so many tickets at Empalot."""
    return [queue.take_ticket(site=cast.empalot, by=Actor.at_desk(cast.claire), **said) for _number in range(count)]


def call(cast, mediator=None) -> Ticket:
    return queue.call_next(site=cast.empalot, mediator=mediator or cast.amina_mediator, by=Actor.at_desk(cast.amina))


def serve(cast, now, minutes: int, mediator=None) -> Ticket:
    """Call whoever is next, and finish with them so many minutes later."""
    ticket = call(cast, mediator)
    now.shift(dt.timedelta(minutes=minutes))
    return queue.end_ticket(ticket=ticket, by=Actor.at_desk(cast.amina))


def order(cast) -> list[int]:
    return [turn.ticket.number for turn in queue_of(cast.empalot).turns]


def starts(cast) -> list[dt.datetime | None]:
    return [turn.starts_at for turn in queue_of(cast.empalot).turns]


# --- Numbers ---------------------------------------------------------------------------------------------------------


def test_numbers_start_at_one_each_day_and_at_each_site(cast, desk, now):
    assert [ticket.number for ticket in take(cast, 3)] == [1, 2, 3]
    assert queue.take_ticket(site=cast.empalot, by=KIOSK).taken_through == Door.KIOSK
    now.move_to(at(9, days=7))
    assert take(cast)[0].number == 1
    assert DropIn.objects.count() == 2


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


# --- How long it takes -----------------------------------------------------------------------------------------------


def test_until_three_people_were_received_one_takes_twenty_minutes_or_what_the_reason_says(cast, desk):
    take(cast, reason=cast.desk_only)  # 60 minutes
    take(cast)
    assert starts(cast) == [at(9), at(10)]
    assert queue_of(cast.empalot).next_turn == at(10, 20)


def test_then_one_takes_the_median_of_the_day(cast, desk, now):
    take(cast, 5)
    for minutes in (10, 30, 12):
        serve(cast, now, minutes)
    assert starts(cast) == [at(9, 52), at(10, 4)]
    assert queue_of(cast.empalot).wait_words == "environ 25\u00a0min"


def test_two_mediators_share_those_who_wait(cast, desk, lea):
    take(cast, 4)
    assert starts(cast) == [at(9), at(9), at(9, 20), at(9, 20)]


def test_appointments_of_the_next_hours_take_their_time(cast, desk):
    Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(9, 15), ends_at=at(10), kind=EngagementKind.APPOINTMENT
    )
    take(cast, 2)
    assert starts(cast) == [at(10), at(10, 20)]


def test_who_is_being_received_counts_until_the_usual_time_is_over(cast, desk, now):
    take(cast, 2)
    call(cast)
    now.shift(dt.timedelta(minutes=8))
    assert starts(cast) == [at(9, 20)]
    now.shift(dt.timedelta(minutes=20))
    assert starts(cast) == [at(9, 33)]


def test_away_mediators_and_shut_places_hold_no_queue(cast, desk):
    absence = Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(8), ends_at=at(13))
    assert queue_of(cast.empalot).state == QueueState.NONE
    absence.delete()
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY)
    assert queue_of(cast.empalot).state == QueueState.NONE
    assert queues_now([cast.empalot]) == {}


# --- Open, full, closed ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "state", "words"),
    [
        (at(7, 30), QueueState.EARLY, "à partir de 9"),
        (at(8), QueueState.OPEN, ""),
        (at(11, 40), QueueState.OPEN, ""),
        (at(11, 45), QueueState.FULL, "prennent déjà tout le temps"),
        (at(12), QueueState.NONE, "Personne ne reçoit"),
    ],
)
def test_tickets_are_given_from_an_hour_before_until_one_no_longer_fits(cast, desk, now, moment, state, words):
    now.move_to(moment)
    assert queue_of(cast.empalot).state == state
    if state == QueueState.OPEN:
        take(cast)
        return
    with pytest.raises(ValidationError, match=words) as refused:
        take(cast)
    assert refused.value.code == "queue_closed"


def test_it_closes_when_those_who_wait_fill_the_time_left_and_opens_when_one_leaves(cast, desk):
    tickets = take(cast, 9)
    with pytest.raises(ValidationError):
        queue.take_ticket(site=cast.empalot, by=KIOSK)
    assert DropIn.objects.get().turned_away == 1
    assert queue.take_ticket(site=cast.empalot, by=desk, although_full=True).number == 10
    for ticket in tickets[:2]:
        queue.leave(ticket=ticket, by=desk)
    assert queue.take_ticket(site=cast.empalot, by=KIOSK).number == 11


def test_closed_by_hand_it_gives_none_until_it_is_opened_again(cast, desk):
    queue.close_queue(site=cast.empalot, by=desk)
    with pytest.raises(ValidationError, match="La file est fermée"):
        take(cast)
    with pytest.raises(ValidationError):
        take(cast, although_full=True)
    assert DropIn.objects.get().turned_away == 2
    queue.reopen_queue(site=cast.empalot, by=desk)
    assert take(cast)[0].number == 1


def test_a_morning_that_was_closed_leaves_the_afternoon_open(cast, desk, now):
    afternoon = OpeningPeriod.objects.create(
        mediator=cast.amina_mediator,
        site=cast.empalot,
        takes_tickets=True,
        first_day=TODAY,
        start_time=dt.time(14),
        end_time=dt.time(16),
    )
    afternoon.reasons.set([cast.any_need])
    now.move_to(at(11))
    queue.close_queue(site=cast.empalot, by=desk)
    now.move_to(at(13, 30))
    assert take(cast)[0].number == 1


def test_a_count_of_those_sent_away_is_never_below_nobody(cast, desk):
    queue.turn_away(site=cast.empalot, by=desk)
    queue.turn_away(site=cast.empalot, by=desk, people=-1)
    assert queue.turn_away(site=cast.empalot, by=desk, people=-1).turned_away == 0


# --- Lists and reports -----------------------------------------------------------------------------------------------


def test_a_list_without_any_queue_costs_one_query_and_with_queues_always_the_same(
    cast, desk, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_num_queries(1):
        assert queues_now([cast.bellefontaine]) == {}
    take(cast, 5)
    others = [
        Site.objects.create(national_id=f"tls-{number}", name=f"Lieu {number}", address="1 rue", postcode="31000")
        for number in range(10)
    ]
    for number, site in enumerate(others):
        association = Organisation.objects.create(
            name=f"Association {number}", kind=OrganisationKind.ASSOCIATION, side=Side.PARTNER
        )
        mediator = Mediator.objects.create(organisation=association, first_name="Ana", last_name=f"N{number}")
        OpeningPeriod.objects.create(
            mediator=mediator,
            site=site,
            takes_tickets=True,
            first_day=TODAY,
            start_time=dt.time(9),
            end_time=dt.time(12),
        )
    with django_assert_num_queries(7):
        assert len(queues_now([cast.empalot])) == 1
    with django_assert_max_num_queries(7):
        assert len(queues_now([cast.empalot, *others])) == 11


def test_what_residents_read_of_a_queue(cast, desk):
    assert "Personne n’attend" in queues_now([cast.empalot])[cast.empalot.pk].in_words
    take(cast, 2)
    assert "2 personnes attendent, environ 40\u00a0min" in queues_now([cast.empalot])[cast.empalot.pk].in_words


def test_a_ticket_becomes_an_activity_once_with_the_time_it_took(cast, desk, now):
    take(cast)
    ticket = serve(cast, now, 25)
    people = [Person(beneficiary=cast.lucette)]
    by = Actor.at_desk(cast.amina)
    activity = queue.report_ticket(ticket=ticket, by=by, people=people, themes=[Theme.ADMIN])
    assert (activity.duration_minutes, activity.site, activity.mediator) == (25, cast.empalot, cast.amina_mediator)
    with pytest.raises(ValidationError, match="déjà fait"):
        queue.report_ticket(ticket=ticket, by=by, people=people, themes=[Theme.ADMIN])
    with pytest.raises(ValidationError, match="déjà enregistré"):
        queue.undo(ticket=ticket, by=by)
    assert Activity.objects.count() == 1


def test_a_ticket_nobody_answered_is_no_activity(cast, desk):
    (ticket,) = take(cast)
    with pytest.raises(ValidationError, match="Personne n’a été reçu"):
        queue.report_ticket(ticket=ticket, by=desk, people=[Person()], themes=[Theme.ADMIN])
