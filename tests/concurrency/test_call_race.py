"""An operator that tells the same keys several times at once: one call, one appointment, the same words each time."""

import datetime as dt

import pytest
from django.core.cache import cache
from django.utils import timezone

from helpdesk.models import Appointment, OpeningPeriod
from mediation.channels.models import Call
from mediation.channels.voice.services import answer_call, take_turn
from mediation.territory.selectors import is_public_holiday
from tests.cast import Cast
from tests.concurrency.writers import all_at_once

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

TIMES = 8
WHO = {"sid": "CA1", "caller": "+33639983000"}


@pytest.fixture(autouse=True)
def tomorrow(cast: Cast) -> None:
    """Amina receives for any need, soon."""
    cache.clear()
    day = timezone.localdate() + dt.timedelta(days=2)
    while is_public_holiday(day):
        day += dt.timedelta(days=1)
    opening = OpeningPeriod.objects.create(
        mediator=cast.amina_mediator, site=cast.empalot, first_day=day, start_time=dt.time(9), end_time=dt.time(12)
    )
    opening.reasons.add(cast.any_need)


def test_a_call_told_several_times_at_once_books_once(cast):
    assert len(set(all_at_once([lambda: answer_call(**WHO)] * TIMES))) == 1
    for turn, keys in enumerate(("1", "31400", "1", "1"), start=1):
        said = all_at_once([lambda turn=turn, keys=keys: take_turn(**WHO, turn=turn, keys=keys)] * TIMES)
        assert len(said) == TIMES
        assert len(set(said)) == 1
    assert Call.objects.get().turn == 5
    assert Appointment.objects.count() == 1


def test_the_last_time_is_had_by_one_of_several_callers(cast):
    """Each is told so, or offered others: nobody is told of an appointment that is somebody else's."""
    callers = [{"sid": f"CA{number}", "caller": f"+3363998310{number}"} for number in range(TIMES)]
    for who in callers:
        answer_call(**who)
        for turn, keys in enumerate(("1", "31400", "1"), start=1):
            take_turn(**who, turn=turn, keys=keys)
    said = all_at_once([lambda who=who: take_turn(**who, turn=4, keys="1") for who in callers])
    booked = [text for text in said if "Votre rendez-vous est pris." in text]
    assert (len(said), len(booked), Appointment.objects.count()) == (TIMES, 1, 1)
    assert all("Cet horaire vient d’être pris." in text for text in said if text not in booked)
