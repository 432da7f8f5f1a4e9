"""What does not come back every week: a monthly half-day, a fortnightly one outside school holidays, a team meeting."""

import datetime as dt

from directory.models import Mediator
from helpdesk.enums import MonthWeek, Recurrence
from helpdesk.models import Absence, OpeningPeriod
from mediation.demo.city.agenda import AFTERNOON, Agenda
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import Network
from sites.models import Site

MONDAY, TUESDAY, WEDNESDAY = 0, 1, 2
# Between the half-days, so that nobody's appointment must move.
MEETING = (dt.time(13), dt.time(14))


def write_rhythms(seed: int, almanac: Almanac, network: Network, agenda: Agenda, places: dict[str, list[Site]]) -> None:
    """Write them for those who have an account: whoever tries the application finds them among their own."""
    dice = Dice(seed, "rhythms")
    for key, team in network.mediators.items():
        receiving = [mediator for mediator in team if mediator.user_id]
        for mediator in receiving:
            elsewhere = [site for site in places[key] if site not in mediator.sites.all()] or list(places[key])
            _open(dice, agenda, mediator, elsewhere[0], _first(almanac, WEDNESDAY), month_week=MonthWeek.SECOND)
            _open(dice, agenda, mediator, elsewhere[-1], _first(almanac, TUESDAY), interval_weeks=2)
        if receiving:
            _meet(dice, team, _first(almanac, MONDAY))


def _first(almanac: Almanac, weekday: int) -> dt.date:
    return almanac.first_day + dt.timedelta(days=(weekday - almanac.first_day.weekday()) % 7)


def _open(
    dice: Dice,
    agenda: Agenda,
    mediator: Mediator,
    site: Site,
    first_day: dt.date,
    *,
    month_week: int | None = None,
    interval_weeks: int = 1,
) -> None:
    period = OpeningPeriod.objects.create(
        uid=dice.uid(),
        mediator=mediator,
        site=site,
        recurrence=Recurrence.MONTHLY if month_week else Recurrence.WEEKLY,
        month_week=month_week,
        interval_weeks=interval_weeks,
        outside_school_holidays=not month_week,
        first_day=first_day,
        start_time=AFTERNOON[0],
        end_time=AFTERNOON[1],
    )
    period.reasons.set([agenda.reasons["admin"], agenda.reasons["any"]])
    mediator.sites.add(site)


def _meet(dice: Dice, team: list[Mediator], day: dt.date) -> None:
    Absence.objects.bulk_create(
        Absence(
            uid=dice.uid(),
            mediator=mediator,
            recurrence=Recurrence.WEEKLY,
            interval_weeks=2,
            outside_school_holidays=True,
            starts_at=instant(day, MEETING[0]),
            ends_at=instant(day, MEETING[1]),
            label="Réunion d’équipe",
        )
        for mediator in team
    )
