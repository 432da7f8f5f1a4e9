"""Who has which public computer today, and who has reserved one for today and the next open day."""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone

from mediation.accounts.actor import Door
from mediation.demo.city.almanac import Almanac
from mediation.demo.city.dice import Dice
from mediation.demo.city.names import FEMALE, MALE
from mediation.territory.selectors import SchoolCalendar
from sites.enums import WorkstationState
from sites.hours import ONE_DAY
from sites.models import Reservation, Site, Workstation
from sites.selectors import timetable

STEP = dt.timedelta(minutes=30)
# How full the computers are that the desk did not say anything of.
TODAY, TOMORROW = 0.28, 0.1
DOORS = {Door.KIOSK: 0.5, Door.DESK: 0.3, Door.WEB: 0.2}


def write_computers(seed: int, almanac: Almanac) -> None:
    """Write the sessions at the computers that are free of anybody whom the desk sat down there."""
    dice, now = Dice(seed, "computers"), timezone.now()
    calendar = SchoolCalendar.read()
    sites = Site.objects.filter(is_fictional=True).order_by("pk").prefetch_related("closures")
    free = Workstation.objects.filter(state=WorkstationState.FREE).order_by("pk")
    computers: dict[int, list[Workstation]] = {}
    for one in free:
        computers.setdefault(one.site_id, []).append(one)
    rows = [
        _session(dice, computer, start, site, now)
        for site in sites
        for day, share in ((almanac.today, TODAY), (almanac.today + ONE_DAY, TOMORROW))
        for opens, closes in timetable(site, calendar).day(day).periods
        for computer in computers.get(site.pk, ())
        for start in _starts(dice, opens, closes, dt.timedelta(minutes=site.session_minutes), share)
    ]
    Reservation.objects.bulk_create(rows)


def _starts(
    dice: Dice, opens: dt.datetime, closes: dt.datetime, length: dt.timedelta, share: float
) -> Iterator[dt.datetime]:
    start = opens
    while start + length <= closes:
        taken = dice.happens(share)
        if taken:
            yield start
        start += 2 * STEP if taken else STEP


def _session(dice: Dice, computer: Workstation, start: dt.datetime, site: Site, now: dt.datetime) -> Reservation:
    door = dice.pick(DOORS)
    sat_down = start + dt.timedelta(minutes=dice.randint(0, 4))
    return Reservation(
        uid=dice.uid(),
        workstation=computer,
        starts_at=start,
        ends_at=start + dt.timedelta(minutes=site.session_minutes),
        arrived_at=sat_down if sat_down <= now else None,
        first_name=dice.choice(FEMALE + MALE) if dice.happens(0.5) else "",
        reference=dice.reference(),
        code=dice.digits(4),
        booked_at=start - dt.timedelta(hours=dice.randint(1, 20)),
        booked_through=door,
    )
