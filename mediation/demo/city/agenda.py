"""What appointments are for, when each mediator receives, and when they are away."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _

from directory.models import Mediator
from helpdesk.enums import Mode, Recurrence, WhoBooks
from helpdesk.models import Absence, OpeningPeriod, Reason
from mediation.activity.enums import Theme
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import PLANS, Network
from sites.models import Site

# By reason: minutes kept free afterwards, and where else than at the site.
BUFFERS = {"device": 5, "papers": 10, "review": 10}
MODES = {"email": [Mode.SITE, Mode.PHONE], "admin": [Mode.SITE, Mode.HOME, Mode.PHONE]}
MORNING = (dt.time(9), dt.time(12))
AFTERNOON = (dt.time(14), dt.time(17))
SATURDAY = 5


@dataclass(frozen=True)
class Shift:
    """One half-day a week of one mediator at one site."""

    mediator: Mediator
    site: Site
    weekday: int
    hours: tuple[dt.time, dt.time]


@dataclass
class Agenda:
    """The weeks of the network: half-days of appointments, half-days of workshops, and days away."""

    reasons: dict[str, Reason]
    shifts: list[Shift] = field(default_factory=list)
    workshops: list[Shift] = field(default_factory=list)
    away: set[tuple[int, dt.date]] = field(default_factory=set)

    def received_on(self, day: dt.date) -> list[Shift]:
        """Return the half-days of appointments of a day, without those of mediators who are away."""
        return [s for s in self.shifts if s.weekday == day.weekday() and (s.mediator.pk, day) not in self.away]

    def led_on(self, day: dt.date) -> list[Shift]:
        """Return the half-days on which workshops may be held."""
        return [s for s in self.workshops if s.weekday == day.weekday() and (s.mediator.pk, day) not in self.away]


def write_agenda(seed: int, almanac: Almanac, network: Network, places: dict[str, list[Site]]) -> Agenda:
    """Write reasons, opening periods and absences."""
    dice = Dice(seed, "agenda")
    agenda = Agenda(reasons=_reasons(dice, network))
    for plan in PLANS:
        for number, mediator in enumerate(network.mediators[plan.key]):
            sites = dice.sample(places[plan.key], min(1 if mediator.user_id else 2, len(places[plan.key])))
            mediator.sites.set(sites)
            if mediator.user_id:
                _every_morning(agenda, mediator, sites[0], last_weekday=SATURDAY if plan.open_on_saturdays else 4)
            else:
                _two_half_days(dice, agenda, mediator, sites, saturday=plan.open_on_saturdays and number % 2 == 1)
    _write_openings(dice, agenda, almanac)
    _write_absences(dice, agenda, almanac, network.all_mediators())
    return agenda


def _reasons(dice: Dice, network: Network) -> dict[str, Reason]:
    whole_network = None
    own = network.organisations["citoyennete"]
    rows = (
        ("admin", _("Faire une démarche avec quelqu’un"), 45, [Theme.ADMIN], WhoBooks.EVERYONE, whole_network),
        ("any", _("Tous besoins"), 30, [], WhoBooks.EVERYONE, whole_network),
        (
            "device",
            _("Apprivoiser mon téléphone ou mon ordinateur"),
            45,
            [Theme.HARDWARE],
            WhoBooks.EVERYONE,
            whole_network,
        ),
        ("email", _("Ma messagerie et mes mots de passe"), 30, [Theme.EMAIL], WhoBooks.EVERYONE, whole_network),
        ("papers", _("Titre de séjour en ligne"), 60, [Theme.ADMIN], WhoBooks.PARTNERS, whole_network),
        ("review", "Bilan numérique", 60, [Theme.DIAGNOSIS], WhoBooks.DESK, own),
    )
    return {
        key: Reason.objects.create(
            uid=dice.uid(),
            label=label,
            duration_minutes=duration,
            buffer_minutes=BUFFERS.get(key, 0),
            modes=MODES.get(key, [Mode.SITE]),
            themes=themes,
            who_books=who,
            organisation=organisation,
            is_any_need=key == "any",
            what_to_bring=_("Votre téléphone, et les papiers ou courriers dont vous parlez.")
            if key != "review"
            else "",
        )
        for key, label, duration, themes, who, organisation in rows
    }


def _every_morning(agenda: Agenda, mediator: Mediator, site: Site, *, last_weekday: int) -> None:
    """The people one can sign in as receive every day, so that their pages are full whatever the day."""
    agenda.shifts += [Shift(mediator, site, weekday, MORNING) for weekday in range(last_weekday + 1)]
    agenda.workshops.append(Shift(mediator, site, 3, AFTERNOON))


def _two_half_days(dice: Dice, agenda: Agenda, mediator: Mediator, sites: list[Site], *, saturday: bool) -> None:
    halves = [(weekday, hours) for weekday in range(5) for hours in (MORNING, AFTERNOON)]
    first, second, group = dice.sample(halves, 3)
    if saturday:
        second = (SATURDAY, MORNING)
    agenda.shifts += [Shift(mediator, sites[0], *first), Shift(mediator, sites[-1], *second)]
    agenda.workshops.append(Shift(mediator, sites[0], *group))


def _write_openings(dice: Dice, agenda: Agenda, almanac: Almanac) -> None:
    for shift in agenda.shifts:
        opening = OpeningPeriod.objects.create(
            uid=dice.uid(),
            mediator=shift.mediator,
            site=shift.site,
            recurrence=Recurrence.WEEKLY,
            first_day=almanac.first_day + dt.timedelta(days=(shift.weekday - almanac.first_day.weekday()) % 7),
            last_day=almanac.last_day,
            start_time=shift.hours[0],
            end_time=shift.hours[1],
        )
        opening.reasons.set(
            reason
            for reason in agenda.reasons.values()
            if reason.organisation_id in {None, shift.mediator.organisation_id}
        )


def _write_absences(dice: Dice, agenda: Agenda, almanac: Almanac, mediators: list[Mediator]) -> None:
    """Five weeks away a year, of which three in a row in July or August, and never this week."""
    rows = []
    for mediator in mediators:
        for monday in _weeks_away(dice, almanac):
            days = [monday + dt.timedelta(days=number) for number in range(7)]
            agenda.away |= {(mediator.pk, day) for day in days}
            rows.append(
                Absence(
                    uid=dice.uid(),
                    mediator=mediator,
                    starts_at=instant(days[0], dt.time.min),
                    ends_at=instant(days[-1] + dt.timedelta(days=1), dt.time.min),
                    label="Congés",
                )
            )
    Absence.objects.bulk_create(rows)


def _weeks_away(dice: Dice, almanac: Almanac) -> list[dt.date]:
    mondays = set()
    for year in range(almanac.first_day.year, almanac.last_day.year + 1):
        summer = dt.date(year, 7, dice.randint(5, 25))
        days = [summer + dt.timedelta(weeks=week) for week in range(3)]
        days += [dt.date(year, 1, 1) + dt.timedelta(days=dice.randrange(0, 340)) for _ in range(2)]
        mondays |= {day - dt.timedelta(days=day.weekday()) for day in days}
    this_week = almanac.today - dt.timedelta(days=almanac.today.weekday())
    soon = {this_week + dt.timedelta(weeks=week) for week in (0, 1)}
    return sorted(day for day in mondays - soon if almanac.first_day <= day <= almanac.last_day)
