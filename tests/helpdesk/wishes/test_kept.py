"""Times that are kept for whoever cancelled by mistake."""

import datetime as dt

import pytest

from directory.enums import EngagementKind
from directory.models import Engagement
from helpdesk import services, tasks
from helpdesk.enums import OfferState
from helpdesk.models import Hold
from helpdesk.selectors import Need, agenda, first_slots, is_offered
from helpdesk.services import SlotTaken
from mediation.accounts.actor import Actor
from mediation.kernel.schedule import SCHEDULE
from tests.cast import at
from tests.helpdesk.steps import slot_at
from tests.helpdesk.wishes.steps import RESIDENT, book, cancel, is_free, offers

pytestmark = pytest.mark.usefixtures("now")


def test_a_cancelled_time_is_kept_until_the_hour_that_was_said(cast, early, now):
    cancel(early, hold_until=at(18))
    with pytest.raises(SlotTaken):
        book(cast, at(9, 30, days=7), cast.hassan)
    restored = services.reinstate(appointment=early, by=RESIDENT)
    assert not restored.is_cancelled
    assert not Hold.objects.exists()


def test_after_that_hour_the_time_is_free_without_waiting_for_the_worker(cast, early, now):
    cancel(early, hold_until=at(18))
    now.move_to(at(18, 1))
    assert book(cast, at(9, 30, days=7), cast.hassan)
    assert not Engagement.objects.filter(kind=EngagementKind.HOLD).exists()
    with pytest.raises(SlotTaken):
        services.reinstate(appointment=early, by=RESIDENT)


def offered(cast) -> list[dt.datetime]:
    day = at(9, days=7).date()
    need = Need(reason=cast.admin_help, mediator=cast.amina_mediator, first_day=day, last_day=day)
    return [slot.starts_at for slot in first_slots(need)]


def test_after_that_hour_the_time_is_shown_free_at_once(cast, early, now):
    cancel(early, hold_until=at(18))
    now.move_to(at(17, 59))
    assert at(9, 30, days=7) not in offered(cast)
    assert not is_offered(slot_at(cast, at(9, 30, days=7)))
    now.move_to(at(18))
    assert at(9, 30, days=7) in offered(cast)
    assert is_offered(slot_at(cast, at(9, 30, days=7)))
    assert not is_free(cast, at(9, 30, days=7))
    day = agenda(user=cast.claire, first_day=at(9, days=7).date(), last_day=at(9, days=7).date())[0]
    assert "taken" not in [entry.kind for entry in day.entries]
    moved = services.move(
        appointment=book(cast, at(11, days=7), cast.hassan),
        slot=slot_at(cast, at(9, 30, days=7)),
        by=Actor.at_desk(cast.claire),
    )
    assert moved.starts_at == at(9, 30, days=7)


def test_a_time_that_is_over_stands_in_nobody_s_way_when_another_is_freed(cast, early, wishes, now):
    """Amina begins later now: what is open again goes across both times."""
    other = book(cast, at(10, days=7), cast.hassan)
    cast.opening.start_time = dt.time(9, 45)
    cast.opening.save()
    cancel(early, hold_until=at(18))
    now.move_to(at(18))
    cancel(other)
    assert [state for _who, state in offers()] == [OfferState.OPEN] * 2
    kept = Engagement.objects.standing().filter(kind=EngagementKind.HOLD).order_by("starts_at")
    assert [one.starts_at for one in kept] == [at(9, 45, days=7), at(10, 15, days=7)]


def test_the_worker_gives_kept_times_back(cast, early, now):
    cancel(early, hold_until=at(18))
    tasks.expire_holds()
    assert not is_free(cast, at(9, 30, days=7))
    now.move_to(at(18, 1))
    assert "helpdesk.tasks.expire_holds" in SCHEDULE.jobs
    tasks.expire_holds()
    assert is_free(cast, at(9, 30, days=7))


def test_a_time_kept_for_a_mistake_is_offered_only_afterwards(cast, early, wishes, now):
    cancel(early, hold_until=at(18))
    assert offers() == []
    now.move_to(at(18, 1))
    tasks.expire_holds()
    assert offers() == [("Ana", OfferState.OPEN)]
