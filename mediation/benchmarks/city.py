"""A city of numbers only: mediators, mornings, appointments. The same at each run."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from django.utils import timezone

from directory.enums import EngagementKind, OrganisationKind, Side
from directory.models import Engagement, Mediator, Organisation
from helpdesk.enums import WhoBooks
from helpdesk.expansion import instant
from helpdesk.models import Absence, Appointment, OpeningPeriod, Reason
from sites.models import Closure, Site

MEDIATORS, SITES, DAYS, APPOINTMENTS = 200, 40, 28, 10_000
COUNTS = (1, 20, 200)
WORKING_DAYS = 5
MORNING, NOON = 9, 12
HALF_HOUR = dt.timedelta(minutes=30)
SLOTS_A_MORNING = 6
# Nobody finds a place in the first days, so that a search has something to search.
FULL_DAYS = 3
AWAY, SHUT = 10, 2


@dataclass(frozen=True)
class City:
    """What a search is asked for: reasons by how many mediators receive for them."""

    monday: dt.date
    found: dict[int, Reason]
    # Longer than any morning.
    nothing: dict[int, Reason]
    mediator: Mediator


def build(monday: dt.date) -> City:
    """Write mediators who receive on weekday mornings, every other one every other week; fill them, and return them."""
    organisation = Organisation.objects.create(name="Benchmark", kind=OrganisationKind.MUNICIPAL, side=Side.MUNICIPAL)
    mediators = Mediator.objects.bulk_create(
        Mediator(organisation=organisation, first_name=str(number), last_name="M") for number in range(MEDIATORS)
    )
    sites = Site.objects.bulk_create(
        Site(
            national_id=f"b-{number}",
            name=f"Site {number}",
            short_name=f"site {number}",
            postcode="31000",
            commune_name="Toulouse",
            latitude=43.5 + number / 400,
            longitude=1.4 + number / 400,
        )
        for number in range(SITES)
    )
    found = {count: _reason(f"Found {count}", 30) for count in COUNTS}
    nothing = {count: _reason(f"Nothing {count}", 240) for count in COUNTS}
    _receive(mediators, sites, monday, found, nothing)
    _leave(mediators, sites, monday)
    _fill(mediators, sites, monday, found[MEDIATORS])
    return City(monday, found, nothing, mediators[0])


def _reason(label: str, minutes: int) -> Reason:
    return Reason.objects.create(label=label, duration_minutes=minutes, who_books=WhoBooks.EVERYONE)


def _receive(
    mediators: Sequence[Mediator],
    sites: Sequence[Site],
    monday: dt.date,
    found: dict[int, Reason],
    nothing: dict[int, Reason],
) -> None:
    periods = OpeningPeriod.objects.bulk_create(
        OpeningPeriod(
            mediator=mediator,
            site=_site(sites, number),
            interval_weeks=_interval(number, weekday),
            first_day=monday + dt.timedelta(days=weekday),
            start_time=dt.time(MORNING),
            end_time=dt.time(NOON),
        )
        for number, mediator in enumerate(mediators)
        for weekday in range(WORKING_DAYS)
    )
    links = OpeningPeriod.reasons.through
    links.objects.bulk_create(
        links(openingperiod_id=period.pk, reason_id=reason.pk)
        for place, period in enumerate(periods)
        for reasons in (found, nothing)
        for count, reason in reasons.items()
        if place // WORKING_DAYS < count
    )


def _leave(mediators: Sequence[Mediator], sites: Sequence[Site], monday: dt.date) -> None:
    zone = timezone.get_default_timezone()
    start, end = (instant(monday + dt.timedelta(days=days), dt.time.min, zone) for days in (3, 10))
    Absence.objects.bulk_create(
        Absence(mediator=mediator, starts_at=start, ends_at=end) for mediator in mediators[1 : AWAY + 1]
    )
    Closure.objects.bulk_create(
        Closure(site=site, starts_on=monday, ends_on=monday + dt.timedelta(days=9)) for site in sites[1 : SHUT + 1]
    )


def _fill(mediators: Sequence[Mediator], sites: Sequence[Site], monday: dt.date, reason: Reason) -> None:
    """Take all of the first days, then half-hours at random until there are enough."""
    dice = Random(APPOINTMENTS)  # noqa: S311 -- the same city each time, no secret
    hours = [
        (number, day, place)
        for day in range(DAYS)
        for number in range(MEDIATORS)
        if day % 7 < WORKING_DAYS and day // 7 % _interval(number, day % 7) == 0
        for place in range(SLOTS_A_MORNING)
    ]
    first = [hour for hour in hours if hour[1] < FULL_DAYS]
    taken = first + dice.sample(hours[len(first) :], APPOINTMENTS - len(first))
    engagements = Engagement.objects.bulk_create(
        (_engagement(mediators[number], _site(sites, number), monday, day, place) for number, day, place in taken),
        batch_size=1000,
    )
    Appointment.objects.bulk_create(
        (
            Appointment(
                engagement=engagement,
                site=_site(sites, number),
                reason=reason,
                reference=f"{place:08}",
                booked_through="desk",
            )
            for place, (engagement, (number, _day, _place)) in enumerate(zip(engagements, taken, strict=True))
        ),
        batch_size=1000,
    )


def _engagement(mediator: Mediator, site: Site, monday: dt.date, day: int, place: int) -> Engagement:
    zone = timezone.get_default_timezone()
    start = instant(monday + dt.timedelta(days=day), dt.time(MORNING), zone) + place * HALF_HOUR
    return Engagement(
        mediator=mediator,
        starts_at=start,
        ends_at=start + HALF_HOUR,
        kind=EngagementKind.APPOINTMENT,
        latitude=site.latitude,
        longitude=site.longitude,
    )


def _site(sites: Sequence[Site], number: int) -> Site:
    return sites[number % len(sites)]


def _interval(number: int, weekday: int) -> int:
    """Return after how many weeks a morning comes back: every other one of odd mediators is fortnightly."""
    return 2 if number % 2 and weekday % 2 else 1
