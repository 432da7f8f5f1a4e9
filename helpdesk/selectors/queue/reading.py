"""How long a queue takes: the day's real durations, over the time that its mediators have left."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from statistics import median

from django.db.models import Prefetch
from django.utils import timezone

from directory.models import Mediator
from helpdesk.enums import TicketState
from helpdesk.expansion import Span, instant, subtract
from helpdesk.models import Absence, DropIn, OpeningPeriod, Ticket
from helpdesk.selectors.queue.line import FIRST_GUESS, MINUTE, Queue, Receiver, Turn, in_order, usual_of
from helpdesk.selectors.taken import taken_time
from mediation.territory.selectors import SchoolCalendar, is_public_holiday
from sites.models import Closure, Site

DAY = dt.timedelta(days=1)
# The durations of so many people say how long the next one takes.
ENOUGH = 3
# Whoever is received longer than usual will be some time yet.
A_MOMENT = dt.timedelta(minutes=5)


def queue_of(site: Site) -> Queue:
    """Return the queue of one site now, also where nobody receives without appointment today."""
    return Reading([site]).queue(site)


def queues_of(sites: Iterable[Site]) -> list[Queue]:
    """Return the queues of several sites, also of those where nobody receives so today."""
    wanted = list(sites)
    reading = Reading(wanted)
    return [reading.queue(site) for site in wanted]


def queues_now(sites: Iterable[Site]) -> dict[int, Queue]:
    """Return, by site, the queues of a list: those of today, not over. One query where no place has any."""
    return Reading(list(sites)).now_by_site()


class Reading:
    """Reads each kind of row once for all the sites, whatever their number; what nobody needs is not read."""

    def __init__(self, sites: list[Site]) -> None:
        self.sites = sites
        self.now = timezone.now()
        self.day = timezone.localdate(self.now)
        self.zone = timezone.get_default_timezone()

    def queue(self, site: Site) -> Queue:
        """Return one site's queue."""
        drop_in = self.drop_ins.get(site.pk)
        tickets = list(drop_in.tickets.all()) if drop_in else []
        served = [ticket.minutes for ticket in tickets if ticket.state == TicketState.SERVED and ticket.ended_at]
        usual = median(served) * MINUTE if len(served) >= ENOUGH else None
        receivers, session = list(self._receivers(site, tickets, usual)), self._session(site)
        plan = _Plan(receivers, usual)
        turns = [Turn(ticket, plan.take(ticket), self.now) for ticket in in_order(tickets)]
        newcomer = plan.take(None)
        ends_at = session[1] if session else self.now
        in_time = newcomer if newcomer and newcomer + plan.usual <= ends_at else None
        return Queue(site, self.now, session, drop_in, receivers, tickets, turns, in_time, plan.usual)

    def now_by_site(self) -> dict[int, Queue]:
        """Return, by site, the queues of today that are not over."""
        found = (self.queue(site) for site in self.sites if site.pk in self.sessions)
        return {queue.site.pk: queue for queue in found if queue.session}

    def _session(self, site: Site) -> Span | None:
        """Return the stretch of time without a gap in which somebody receives: the one under way, else the next."""
        merged: list[Span] = []
        for start, end in sorted(span for _mediator, span in self.sessions.get(site.pk, [])):
            if merged and start <= merged[-1][1]:
                merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
            else:
                merged.append((start, end))
        return next((span for span in merged if span[1] > self.now), None)

    def _receivers(self, site: Site, tickets: list[Ticket], usual: dt.timedelta | None) -> Iterator[Receiver]:
        """Yield who takes tickets from now until the end of today's sessions, each once."""
        spans: dict[Mediator, list[Span]] = defaultdict(list)
        for mediator, (start, end) in self.sessions.get(site.pk, []):
            if end > self.now:
                spans[mediator].append((max(start, self.now), end))
        under_way = {ticket.mediator_id: ticket for ticket in tickets if ticket.is_under_way}
        for mediator, whole in sorted(spans.items(), key=lambda item: (str(item[0]), item[0].pk)):
            ticket = under_way.get(mediator.pk)
            taken = [*self.engagements[mediator.pk], *self._busy_with(ticket, usual)]
            free = [part for span in whole for part in subtract(span, taken)]
            to_come = (start for start, _end in self.engagements[mediator.pk] if start > self.now)
            yield Receiver(mediator, free, min(to_come, default=None), ticket)

    def _busy_with(self, ticket: Ticket | None, usual: dt.timedelta | None) -> Iterator[Span]:
        if ticket and ticket.called_at:
            yield self.now, max(ticket.called_at + usual_of(ticket, usual), self.now + A_MOMENT)

    # --- What is read ------------------------------------------------------------------------------------------------

    @cached_property
    def periods(self) -> list[OpeningPeriod]:
        """The opening periods of today that take tickets."""
        if is_public_holiday(self.day):
            return []
        return [period for period in self.period_rows if period.opens_on(self.day, self.school)]

    @cached_property
    def period_rows(self) -> list[OpeningPeriod]:
        """Those that may be of today."""
        rows = OpeningPeriod.objects.touching(self.day, self.day).filter(
            site__in=[site.pk for site in self.sites],
            takes_tickets=True,
            mediator__is_active=True,
            mediator__organisation__is_active=True,
        )
        return list(rows.select_related("mediator"))

    @cached_property
    def school(self) -> SchoolCalendar:
        """The school holidays."""
        return SchoolCalendar.read()

    @cached_property
    def sessions(self) -> dict[int, list[tuple[Mediator, Span]]]:
        """Who receives when today, by site; without the time of those who are away and of places that are shut."""
        found: dict[int, list[tuple[Mediator, Span]]] = defaultdict(list)
        for period in self.periods:
            span = instant(self.day, period.start_time, self.zone), instant(self.day, period.end_time, self.zone)
            if period.site_id not in self.shut:
                parts = subtract(span, self.absences[period.mediator_id])
                found[period.site_id] += [(period.mediator, part) for part in parts]
        return dict(found)

    @cached_property
    def shut(self) -> set[int]:
        """The sites that are closed today."""
        rows = Closure.objects.filter(starts_on__lte=self.day, ends_on__gte=self.day)
        return set(rows.filter(site__in=self._of("site_id")).values_list("site", flat=True))

    @cached_property
    def absences(self) -> dict[int, list[Span]]:
        """When each mediator is away today."""
        found: dict[int, list[Span]] = defaultdict(list)
        for absence in self.absence_rows:
            found[absence.mediator_id] += absence.spans(*self.today, self.school)
        return found

    @cached_property
    def absence_rows(self) -> list[Absence]:
        """The same, repetitions not expanded."""
        return list(Absence.objects.between(*self.today).filter(mediator__in=self._of("mediator_id")))

    @cached_property
    def engagements(self) -> dict[int, list[Span]]:
        """What each mediator has to do today: appointments first, the queue in what is left."""
        found: dict[int, list[Span]] = defaultdict(list)
        rows = taken_time().between(*self.today).filter(mediator__in=self._of("mediator_id"))
        for mediator_id, start, end in rows.values_list("mediator_id", "starts_at", "ends_at"):
            found[mediator_id].append((start, end))
        return found

    @cached_property
    def drop_ins(self) -> dict[int, DropIn]:
        """Today's queues with their tickets."""
        rows = DropIn.objects.filter(site__in=[site.pk for site in self.sites], day=self.day)
        tickets = Prefetch("tickets", Ticket.objects.select_related("mediator", "reason"))
        return {one.site_id: one for one in rows.prefetch_related(tickets)}

    @cached_property
    def today(self) -> Span:
        """From midnight to midnight."""
        return instant(self.day, dt.time.min, self.zone), instant(self.day + DAY, dt.time.min, self.zone)

    def _of(self, name: str) -> set[int]:
        return {getattr(period, name) for period in self.periods}


class _Plan:
    """Gives each ticket in turn the first stretch of free time that is long enough, whoever has it."""

    def __init__(self, receivers: list[Receiver], usual: dt.timedelta | None) -> None:
        self.free = {receiver.mediator.pk: list(receiver.free) for receiver in receivers}
        self.measured = usual
        self.usual = usual or FIRST_GUESS

    def take(self, ticket: Ticket | None) -> dt.datetime | None:
        """Return when the ticket's turn comes (None stands for somebody who comes now), and take that time."""
        long = usual_of(ticket, self.measured)
        wanted = [ticket.mediator_id] if ticket and ticket.mediator_id else list(self.free)
        fitting = [
            (start, pk, number)
            for pk in wanted
            for number, (start, end) in enumerate(self.free.get(pk, []))
            if end - start >= long
        ]
        if not fitting:
            return None
        start, pk, number = min(fitting)
        self.free[pk][number] = (start + long, self.free[pk][number][1])
        return start
