"""What must move because of an absence, a closure or a public holiday, and the one action that moves it."""

import datetime as dt

import pytest
from django.urls import reverse

from directory.enums import Channel
from helpdesk import selectors
from helpdesk.enums import Recurrence
from helpdesk.models import Absence
from helpdesk.selectors import OtherTeam
from sites.models import Closure
from tests.cast import TODAY, at
from tests.helpdesk.moving.conftest import appointment_at, lines_of, somebody

pytestmark = pytest.mark.usefixtures("now")
PAGE = "helpdesk:must_move"


# --- What must move -----------------------------------------------------------------------------------------------


def test_an_absence_lists_what_stands_in_its_way_with_another_time_each(cast, three, away):
    lines = lines_of(cast, absence=away)
    assert {line.appointment for line in lines} == set(three)
    assert {line.why for line in lines} == {"Absence : Amina Benali"}
    times = [line.proposal.starts_at for line in sorted(lines, key=lambda line: line.appointment.starts_at)]
    # The following Tuesday, the same place and the same mediator; whoever came first chooses first.
    assert times == [at(9, days=14), at(9, 30, days=14), at(10, days=14)]


def test_whom_no_message_reaches_is_called_first(cast, three, away):
    first, *others = lines_of(cast, absence=away)
    assert first.appointment == three[1]
    assert first.call_first
    assert not first.people[0].by_message
    assert not any(line.call_first for line in others)


@pytest.mark.parametrize(
    "known",
    [
        {"preferred_channel": Channel.VOICE},
        {"preferred_channel": Channel.NONE},
        {"phone_typed": ""},
        {"reception_needs": ["interpreter"]},
    ],
)
def test_a_wish_to_be_called_or_a_need_puts_somebody_first(cast, known):
    appointment_at(cast, at(9, days=7), somebody(cast, 1, **known))
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=8))
    assert [line.call_first for line in lines_of(cast)] == [True]


def test_today_and_tomorrow_come_first(cast):
    appointment_at(cast, at(9, 30), somebody(cast, 1))
    appointment_at(cast, at(9, 30, days=7), somebody(cast, 2))
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=8))
    assert [line.call_first for line in lines_of(cast)] == [True, False]


def test_an_absence_that_comes_back_is_in_the_way_each_time(cast, three):
    absence = Absence.objects.create(
        mediator=cast.amina_mediator, starts_at=at(9), ends_at=at(10), recurrence=Recurrence.WEEKLY
    )
    assert [line.appointment for line in lines_of(cast, absence=absence)] == [three[0]]
    assert selectors.count_must_move(user=cast.claire) == 1


def test_a_closure_proposes_another_place(cast):
    appointment_at(cast, at(9), cast.lucette)
    closure = Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=60))
    (line,) = lines_of(cast, closure=closure)
    assert line.why == "Médiathèque Empalot fermé"
    assert (line.proposal.site, line.proposal.starts_at) == (cast.bellefontaine, at(14, days=1))


def test_what_stands_on_a_public_holiday_must_move(cast):
    appointment = appointment_at(cast, at(9, days=21), cast.lucette)
    engagement = appointment.engagement
    engagement.starts_at, engagement.ends_at = at(9, days=24), at(9, 30, days=24)
    engagement.save()
    (line,) = lines_of(cast)
    assert line.why == "Jour férié : Noël"
    assert lines_of(cast, day=dt.date(2026, 12, 25)) != []
    assert lines_of(cast, day=dt.date(2026, 12, 24)) == []


def test_somebody_who_needs_the_lift_or_a_language_gets_no_other_place(cast):
    cast.amina_mediator.languages = ["fr", "ar", "lsf"]
    cast.amina_mediator.save()
    arabic = somebody(cast, 1, language="ar")
    upstairs = somebody(cast, 2, reception_needs=["step_free"])
    deaf = somebody(cast, 3, reception_needs=["sign_language"])
    for hour, person in enumerate((arabic, upstairs, deaf)):
        appointment_at(cast, at(9 + hour), person)
    closure = Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=200))
    assert [line.proposal for line in lines_of(cast, closure=closure)] == [None, None, None]


def test_others_see_that_something_must_move_not_whom(cast, three, away):
    assert selectors.must_move(user=cast.paul, absence=away) == []
    assert selectors.hidden_must_move(user=cast.paul, absence=away) == [OtherTeam(cast.mairie, len(three))]
    assert selectors.hidden_must_move(user=cast.claire, absence=away) == []


@pytest.mark.parametrize("rows", [1, 20])
def test_the_list_costs_the_same_for_one_row_or_twenty(cast, sign_in, rows, django_assert_num_queries):
    cast.opening.end_time = dt.time(20)
    cast.opening.save()
    for number in range(rows):
        appointment_at(cast, at(9, days=7) + dt.timedelta(minutes=30 * number), somebody(cast, number))
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0, days=7), ends_at=at(0, days=8))
    client = sign_in(cast.claire)
    with django_assert_num_queries(18):
        page = client.get(reverse(PAGE))
    assert len(page.context["lines"]) == rows
