"""What is offered, to whom, in which order, and at what cost."""

import datetime as dt
from collections import Counter

import pytest
from django.core.exceptions import ValidationError

from directory.enums import EngagementKind
from directory.models import Engagement, Mediator
from helpdesk.enums import Recurrence, WhoBooks
from helpdesk.models import Absence, OpeningPeriod, Reason
from helpdesk.selectors import Need, first_slots, next_slot_by_site, slot_from_token
from helpdesk.selectors.slots.search import Search
from mediation.kernel import formats
from sites.models import Closure
from tests.cast import PARIS, TODAY, at

pytestmark = pytest.mark.usefixtures("now")


def starts(slots):
    return [slot.starts_at for slot in slots]


def words(slots):
    return [formats.moment(slot.starts_at) for slot in slots]


def test_slots_step_by_the_duration_of_the_reason(cast):
    morning = first_slots(Need(reason=cast.admin_help, last_day=TODAY))
    assert starts(morning) == [at(9), at(9, 30), at(10), at(10, 30), at(11), at(11, 30)]
    assert starts(first_slots(Need(reason=cast.desk_only, last_day=TODAY))) == [at(9), at(10), at(11)]


def test_only_what_is_ahead_is_offered(cast, now):
    now.move_to(at(9, 10))
    assert starts(first_slots(Need(reason=cast.admin_help), limit=1)) == [at(9, 30)]


def test_time_that_is_taken_is_not_offered_and_the_rest_starts_where_it_ends(cast):
    Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(9), ends_at=at(9, 45), kind=EngagementKind.WORKSHOP
    )
    released = Engagement.objects.create(
        mediator=cast.amina_mediator, starts_at=at(10), ends_at=at(11), kind=EngagementKind.HOLD, released_at=at(8)
    )
    assert released.is_released
    found = first_slots(Need(reason=cast.admin_help, last_day=TODAY))
    assert starts(found) == [at(9, 45), at(10, 15), at(10, 45), at(11, 15)]


def test_absences_closures_and_public_holidays_are_respected(cast):
    Absence.objects.create(mediator=cast.amina_mediator, starts_at=at(0), ends_at=at(10))
    Closure.objects.create(site=cast.empalot, starts_on=TODAY, ends_on=TODAY + dt.timedelta(days=8))
    tuesdays = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=1)
    assert starts(tuesdays) == [at(9, days=14)]
    # Friday 25 December 2026: a period opened for that very day stays shut.
    OpeningPeriod.objects.create(
        mediator=cast.paul_mediator,
        site=cast.bellefontaine,
        recurrence=Recurrence.ONCE,
        first_day=dt.date(2026, 12, 25),
        start_time=dt.time(9),
        end_time=dt.time(12),
    ).reasons.add(cast.desk_only)
    assert not first_slots(Need(reason=cast.desk_only, mediator=cast.paul_mediator))


def test_an_opening_keeps_its_wall_time_across_the_clock_change(cast, now):
    now.move_to(dt.datetime(2027, 3, 25, 8, tzinfo=PARIS))
    found = first_slots(Need(reason=cast.admin_help, mediator=cast.amina_mediator), limit=1)
    assert words(found) == [f"mar. 30 mars, 9{formats.NO_BREAK}h"]


def test_earliest_then_nearest_then_least_busy(cast):
    """Two mediators at one place and time are one line, with whoever has least to do."""
    zoe = Mediator.objects.create(organisation=cast.partner, first_name="Zoé", last_name="Lac", languages=["uk"])
    lea = Mediator.objects.create(organisation=cast.mairie, first_name="Léa", last_name="Mas", languages=["fr"])
    for mediator, site in ((zoe, cast.bellefontaine), (lea, cast.empalot)):
        period = OpeningPeriod.objects.create(
            mediator=mediator, site=site, first_day=TODAY, start_time=dt.time(9), end_time=dt.time(12)
        )
        period.reasons.add(cast.admin_help)
    Engagement.objects.create(mediator=cast.amina_mediator, starts_at=at(11), ends_at=at(12), kind=EngagementKind.HOLD)
    near = (cast.bellefontaine.latitude, cast.bellefontaine.longitude)
    found = first_slots(Need(reason=cast.admin_help, near=near), limit=2)
    assert [(slot.starts_at, slot.mediator) for slot in found] == [(at(9), zoe), (at(9), lea)]
    assert [slot.mediator for slot in first_slots(Need(reason=cast.admin_help, language="ar"), limit=1)] == [
        cast.amina_mediator
    ]


def test_filters_narrow_the_offer(cast):
    by_place = {
        "sites": Need(reason=cast.admin_help, sites=[cast.bellefontaine]),
        "language": Need(reason=cast.admin_help, language="en"),
        "mediator": Need(reason=cast.admin_help, mediator=cast.paul_mediator),
        "first_day": Need(reason=cast.admin_help, first_day=TODAY + dt.timedelta(days=1)),
    }
    for name, need in by_place.items():
        assert first_slots(need, limit=1)[0].site == cast.bellefontaine, name
    for need in (
        Need(reason=cast.admin_help, step_free=True),
        Need(reason=cast.admin_help, quartier=cast.empalot_quartier),
    ):
        assert {slot.site for slot in first_slots(need)} == {cast.empalot}


def test_residents_see_what_they_may_book_alone(cast):
    assert not first_slots(Need(reason=cast.desk_only, for_self_service=True))
    cast.empalot.is_published = False
    cast.empalot.save()
    found = first_slots(Need(reason=None, for_self_service=True))
    assert {slot.site for slot in found} == {cast.bellefontaine}
    assert {slot.reason for slot in found} == {cast.any_need}


def test_a_mediator_who_left_receives_no_more(cast):
    cast.amina_mediator.is_active = False
    cast.amina_mediator.save()
    assert {slot.mediator for slot in first_slots(Need(reason=cast.admin_help))} == {cast.paul_mediator}


def test_the_search_widens_to_ninety_days_and_no_further(cast):
    OpeningPeriod.objects.all().delete()
    for days in (60, 100):
        period = OpeningPeriod.objects.create(
            mediator=cast.amina_mediator,
            site=cast.empalot,
            recurrence=Recurrence.ONCE,
            first_day=TODAY + dt.timedelta(days=days),
            start_time=dt.time(9),
            end_time=dt.time(9, 30),
        )
        period.reasons.add(cast.admin_help)
    assert starts(first_slots(Need(reason=cast.admin_help))) == [at(9, days=60)]


def test_the_next_slot_of_each_place(cast):
    found = next_slot_by_site(cast.admin_help)
    assert {pk: slot.starts_at for pk, slot in found.items()} == {
        cast.empalot.pk: at(10),
        cast.bellefontaine.pk: at(14, days=1),
    }
    assert next_slot_by_site(cast.desk_only) == {}


def test_a_full_place_does_not_make_others_be_looked_at_for_weeks(cast, monkeypatch):
    Absence.objects.create(mediator=cast.paul_mediator, starts_at=at(0), ends_at=at(0, days=90), label="Formation")
    looked_at = Counter()
    in_full = Search._free_in

    def noted(search, opening, *args):
        looked_at[opening.site_id] += 1
        return in_full(search, opening, *args)

    monkeypatch.setattr(Search, "_free_in", noted)
    assert list(next_slot_by_site(cast.admin_help)) == [cast.empalot.pk]
    assert looked_at[cast.empalot.pk] == 1
    assert looked_at[cast.bellefontaine.pk] > 1


def test_a_token_names_its_slot(cast):
    slot = first_slots(Need(reason=cast.admin_help), limit=1)[0]
    assert slot_from_token(slot.token) == slot


@pytest.mark.parametrize("token", ["", "x", "1.2.3.4", "a.b.c.99999999999999999999", "....", "é" * 40])
def test_an_unreadable_token_is_refused_in_plain_words(cast, token):
    with pytest.raises(ValidationError, match="Choisissez un horaire"):
        slot_from_token(token)


@pytest.mark.parametrize("mediators", [1, 20, 200])
def test_the_search_costs_the_same_for_one_mediator_or_two_hundred(cast, mediators, django_assert_max_num_queries):
    """The worst search: nothing is free in any window."""
    team = Mediator.objects.bulk_create(
        Mediator(organisation=cast.mairie, first_name=str(number), last_name="Équipe") for number in range(mediators)
    )
    reason = Reason.objects.create(label="Longue", duration_minutes=480, who_books=WhoBooks.EVERYONE)
    periods = OpeningPeriod.objects.bulk_create(
        OpeningPeriod(
            mediator=mediator,
            site=cast.empalot,
            first_day=TODAY + dt.timedelta(days=weekday),
            start_time=dt.time(9),
            end_time=dt.time(12),
        )
        for mediator in team
        for weekday in range(5)
    )
    links = OpeningPeriod.reasons.through
    links.objects.bulk_create(
        links(openingperiod_id=period.pk, reason_id=chosen.pk)
        for period in periods
        for chosen in (reason, cast.admin_help)
    )
    with django_assert_max_num_queries(8):
        assert not first_slots(Need(reason=reason))
    with django_assert_max_num_queries(8):
        assert len(first_slots(Need(reason=cast.admin_help))) == 10
