"""How long the queue takes, when it opens and closes, and what is kept of it."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError

from directory.enums import EngagementKind, OrganisationKind, Side
from directory.models import Engagement, Mediator, Organisation
from helpdesk.enums import QueueState
from helpdesk.models import Absence, DropIn, OpeningPeriod
from helpdesk.selectors.queue import queue_of, queues_now
from helpdesk.services import queue
from mediation.accounts.actor import Actor, Door
from mediation.activity.enums import Theme
from mediation.activity.models import Activity
from mediation.activity.services import Person
from sites.models import Closure, Site
from tests.cast import TODAY, at
from tests.helpdesk.queue.steps import call, serve, starts, take

pytestmark = pytest.mark.usefixtures("now")
KIOSK = Actor(door=Door.KIOSK, label="Borne")


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
