"""People who come without an appointment: two places with a queue, the weeks behind and one that is under way."""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from directory.enums import Source
from directory.models import Mediator
from helpdesk.enums import Recurrence, TicketState
from helpdesk.models import DropIn, OpeningPeriod, Ticket
from mediation.accounts.actor import Door
from mediation.activity.enums import ActivityKind
from mediation.activity.models import Activity
from mediation.demo.city.agenda import Agenda
from mediation.demo.city.almanac import Almanac, instant
from mediation.demo.city.dice import Dice
from mediation.demo.city.organisations import Network
from sites.models import Site

WEEKS_BEHIND = 8
OPENS, CLOSES = dt.time(8), dt.time(19, 30)
# Outside these hours nobody waits: the day has not begun, or is over.
LIVE = (dt.time(10, 15), dt.time(18, 30))
# How long ago each of those who came today did, who received them (0 or 1), when and for how long.
RECEIVED = ((125, 0, 118, 24), (122, 1, 118, 19), (110, 1, 95, 22), (101, 1, 70, 26), (88, 1, 40, 17))
UNDER_WAY = ((70, 0, 12), (61, 1, 4))
WAITING = ((48, False), (33, False), (26, True), (15, False), (6, False))
MINUTE = dt.timedelta(minutes=1)


@dataclass(frozen=True)
class Counter:
    """A place with a queue, and the two who receive there."""

    site: Site
    mediators: tuple[Mediator, Mediator]


def write_queues(seed: int, almanac: Almanac, network: Network, agenda: Agenda) -> None:
    """Write the queues of two places: where the demonstration’s mediator works, and its front desk."""
    dice = Dice(seed, "queue")
    for key in ("bibliotheques", "citoyennete"):
        counter = _counter(network.mediators[key], agenda)
        OpeningPeriod.objects.filter(site=counter.site).update(takes_tickets=True)
        _open_today(dice, counter, almanac.today)
        _write_past(dice, counter, almanac.today)
        _write_today(dice, counter, almanac.today)


def _counter(mediators: list[Mediator], agenda: Agenda) -> Counter:
    """Return the place of whoever has an account, else of the first, with a colleague."""
    first = next((one for one in mediators if one.user_id), mediators[0])
    site = next(shift.site for shift in agenda.shifts if shift.mediator == first)
    return Counter(site, (first, next(one for one in mediators if one != first)))


def _open_today(dice: Dice, counter: Counter, today: dt.date) -> None:
    """Receive without appointment all day long, so that whoever tries it finds it open."""
    for mediator in counter.mediators:
        OpeningPeriod.objects.create(
            uid=dice.uid(),
            mediator=mediator,
            site=counter.site,
            recurrence=Recurrence.ONCE,
            takes_appointments=False,
            takes_tickets=True,
            first_day=today,
            start_time=OPENS,
            end_time=CLOSES,
        )
        mediator.sites.add(counter.site)


def _write_past(dice: Dice, counter: Counter, today: dt.date) -> None:
    """Tell those who were helped without appointment as the tickets that they had: the same people, counted once."""
    since = today - dt.timedelta(weeks=WEEKS_BEHIND)
    logged = Activity.objects.filter(
        site=counter.site,
        kind=ActivityKind.INDIVIDUAL,
        source=Source.HERE,
        day__gte=since,
        day__lt=today,
        appointment=None,
    )
    days: dict[dt.date, list[Activity]] = defaultdict(list)
    for activity in logged.select_related("mediator").order_by("day", "pk"):
        days[activity.day].append(activity)
    tickets: list[Ticket] = []
    for day, activities in days.items():
        drop_in = DropIn.objects.create(
            uid=dice.uid(), site=counter.site, day=day, turned_away=dice.choice([0, 0, 1, 2])
        )
        tickets += _tickets_of_a_day(dice, drop_in, activities)
    Ticket.objects.bulk_create(tickets)


def _tickets_of_a_day(dice: Dice, drop_in: DropIn, activities: list[Activity]) -> list[Ticket]:
    """Return one ticket per activity, each mediator one after the other, and now and then somebody who had left."""
    free_at: dict[int, dt.datetime] = {}
    tickets = []
    for number, activity in enumerate(activities, start=1):
        begins = free_at.get(activity.mediator_id, instant(drop_in.day, dt.time(9, dice.randint(0, 15))))
        called_at = begins + dice.randint(1, 6) * MINUTE
        ended_at = called_at + activity.duration_minutes * MINUTE
        free_at[activity.mediator_id] = ended_at
        ticket = _ticket(dice, drop_in, number, called_at - dice.randint(4, 38) * MINUTE)
        ticket.state, ticket.mediator, ticket.activity = TicketState.SERVED, activity.mediator, activity
        ticket.called_at, ticket.ended_at = called_at, ended_at
        tickets.append(ticket)
    if dice.happens(0.3):
        gone = _ticket(dice, drop_in, len(tickets) + 1, tickets[-1].taken_at + 5 * MINUTE)
        gone.state, gone.mediator = TicketState.NO_ANSWER, tickets[-1].mediator
        gone.called_at, gone.ended_at = tickets[-1].ended_at, tickets[-1].ended_at + 3 * MINUTE
        tickets.append(gone)
    return tickets


def _write_today(dice: Dice, counter: Counter, today: dt.date) -> None:
    """Write who has been received, who is, and who waits, as seen from now."""
    now = timezone.now()
    if not instant(today, LIVE[0]) <= now <= instant(today, LIVE[1]):
        return
    drop_in = DropIn.objects.create(uid=dice.uid(), site=counter.site, day=today)
    tickets = []
    for came, who, called, long in RECEIVED:
        ticket = _ticket(dice, drop_in, len(tickets) + 1, now - came * MINUTE)
        ticket.state, ticket.mediator = TicketState.SERVED, counter.mediators[who]
        ticket.called_at = now - called * MINUTE
        ticket.ended_at = ticket.called_at + long * MINUTE
        tickets.append(ticket)
    for came, who, called in UNDER_WAY:
        ticket = _ticket(dice, drop_in, len(tickets) + 1, now - came * MINUTE)
        ticket.state = TicketState.CALLED if called < 5 else TicketState.SERVED
        ticket.mediator, ticket.called_at = counter.mediators[who], now - called * MINUTE
        tickets.append(ticket)
    for came, is_priority in WAITING:
        ticket = _ticket(dice, drop_in, len(tickets) + 1, now - came * MINUTE)
        ticket.is_priority = is_priority
        tickets.append(ticket)
    Ticket.objects.bulk_create(tickets)


def _ticket(dice: Dice, drop_in: DropIn, number: int, taken_at: dt.datetime) -> Ticket:
    door = Door.KIOSK if dice.happens(0.4) else Door.DESK
    return Ticket(uid=dice.uid(), drop_in=drop_in, number=number, taken_at=taken_at, taken_through=door)
