"""How residents are received at places: the same as a search for times and the queue say, each by itself."""

import datetime as dt

import pytest

from directory.enums import EngagementKind
from directory.models import Engagement, Mediator
from helpdesk.enums import WhoBooks
from helpdesk.models import Absence, OpeningPeriod, Reason
from helpdesk.selectors import Need, first_slots
from helpdesk.selectors.queue import queues_now
from helpdesk.selectors.reception import Reception, receptions
from mediation.territory.models import SchoolHoliday
from mediation.territory.selectors import SchoolCalendar
from sites.models import Closure, Site
from tests.cast import TODAY, at
from tests.helpdesk.queue.steps import call, take

pytestmark = pytest.mark.usefixtures("now")
DAY = dt.timedelta(days=1)


def received() -> dict[int, Reception]:
    return receptions(Site.objects.prefetch_related("closures"), SchoolCalendar.read())


def apart(site) -> tuple:
    """Return the same, asked for one after the other."""
    slots = first_slots(Need(reason=None, sites=[site.pk], for_self_service=True), limit=1)
    queue = queues_now([site]).get(site.pk)
    return slots[0].starts_at if slots else None, queue and queue.in_words


def assert_is_as_apart() -> None:
    for site in Site.objects.all():
        together = received()[site.pk]
        assert (together.first_time, together.queue and together.queue.in_words) == apart(site), site


@pytest.fixture
def tickets(cast):
    """Amina takes tickets as well."""
    cast.opening.takes_tickets = True
    cast.opening.save()


def test_the_first_time_and_the_queue_of_each_place(cast, tickets):
    take(cast, 2)
    found = received()
    assert found[cast.empalot.pk].first_time == at(10)
    assert "2 personnes attendent, environ 40\u00a0min" in found[cast.empalot.pk].queue.in_words
    assert (found[cast.bellefontaine.pk].first_time, found[cast.bellefontaine.pk].queue) == (at(14, days=1), None)
    assert_is_as_apart()


def test_appointments_and_who_is_received_take_their_time(cast, tickets, now):
    Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(9, 30), ends_at=at(11), kind=EngagementKind.APPOINTMENT
    )
    Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(0, 30, days=1), ends_at=at(1, days=1), kind=EngagementKind.HOLD
    )
    take(cast, 3)
    call(cast)
    now.shift(dt.timedelta(minutes=4))
    assert received()[cast.empalot.pk].first_time == at(11)
    assert_is_as_apart()


def test_tickets_alone_are_a_queue_without_any_time(cast, tickets):
    OpeningPeriod.objects.filter(pk=cast.opening.pk).update(takes_appointments=False)
    take(cast)
    assert received()[cast.empalot.pk].first_time is None
    assert received()[cast.empalot.pk].queue.is_open
    assert_is_as_apart()


@pytest.mark.parametrize("what", ["closure", "absence", "holiday", "inactive", "unpublished", "desk only", "nobody"])
def test_what_hinders_hinders_both(cast, tickets, what):
    if what == "closure":
        Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY + 8 * DAY)
    elif what == "absence":
        Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(8), ends_at=at(13, days=7))
    elif what == "holiday":
        SchoolHoliday.objects.create(label="Noël", starts_on=TODAY - DAY, ends_on=TODAY + 20 * DAY)
        OpeningPeriod.objects.update(outside_school_holidays=True)
    elif what == "inactive":
        Mediator.objects.filter(pk=cast.amina_mediator.pk).update(is_active=False)
    elif what == "desk only":
        Reason.objects.update(who_books=WhoBooks.DESK)
    elif what == "nobody":
        OpeningPeriod.objects.all().delete()
    else:
        Site.objects.filter(pk=cast.empalot.pk).update(is_published=False)
    assert received()[cast.empalot.pk].first_time != at(10)
    assert_is_as_apart()


def test_the_time_is_looked_for_to_the_end_of_the_horizon(cast):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(8), ends_at=at(13, days=80))
    assert received()[cast.empalot.pk].first_time == at(9, days=84)
    assert_is_as_apart()


def test_twenty_places_cost_as_much_as_one(cast, tickets, django_assert_num_queries):
    take(cast)
    Site.objects.bulk_create(Site(national_id=f"x-{number}", name=f"Lieu {number}") for number in range(18))
    sites = list(Site.objects.prefetch_related("closures"))
    own = [site for site in sites if site == cast.empalot]
    calendar = SchoolCalendar.read()
    for some in (own, sites):
        with django_assert_num_queries(5):
            receptions(some, calendar)
