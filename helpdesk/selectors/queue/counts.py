"""How many came without an appointment, and how long they waited: figures without people."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from directory import rules
from directory.enums import Role, Source
from helpdesk.enums import TicketState
from helpdesk.models import DropIn, OpeningPeriod, Ticket
from helpdesk.selectors.queue.line import MINUTE
from helpdesk.selectors.queue.mine import sites_with_queue
from mediation.activity.enums import ActivityKind, PlaceKind
from mediation.activity.models import Activity
from sites.models import Site


@dataclass
class QueueCount:
    """What a site's queues gave. Waits and lengths are in whole minutes; None where nobody was received.

    ``without_ticket`` were received at once, or an activity says so that belongs to no ticket and no appointment.
    """

    site: Site
    tickets: int = 0
    without_ticket: int = 0
    turned_away: int = 0
    states: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    waits: list[float] = field(default_factory=list)
    lengths: list[int] = field(default_factory=list)

    @property
    def served(self) -> int:
        """How many were received with a ticket, those with whom a mediator still is included."""
        return self.states[TicketState.SERVED]

    @property
    def no_answer(self) -> int:
        """How many did not answer when called: they count for nobody's activity."""
        return self.states[TicketState.NO_ANSWER]

    @property
    def left(self) -> int:
        """How many left before they were called."""
        return self.states[TicketState.LEFT]

    @property
    def median_wait(self) -> int | None:
        """How long half of the people waited at most."""
        return round(median(self.waits)) if self.waits else None

    @property
    def median_length(self) -> int | None:
        """How long half of the people were received at most."""
        return round(median(self.lengths)) if self.lengths else None

    def add(self, ticket: Ticket) -> None:
        """Count a ticket. Whoever was taken without one waited for nothing: that says nothing of the queue."""
        if ticket.was_taken_directly:
            self.without_ticket += 1
        else:
            self.tickets += 1
            self.states[ticket.state] += 1
            if ticket.waited:
                self.waits.append(ticket.waited / MINUTE)
        if ticket.state == TicketState.SERVED and ticket.ended_at:
            self.lengths.append(ticket.minutes)


def queue_counts(sites: Iterable[Site], first: dt.date, last: dt.date) -> list[QueueCount]:
    """Return what these sites' queues gave from the first to the last day, in three queries whatever their number."""
    counts = {site.pk: QueueCount(site) for site in sites}
    days = DropIn.objects.within(first, last).filter(site__in=list(counts))
    for drop_in in days.prefetch_related("tickets"):
        count = counts[drop_in.site_id]
        count.turned_away += drop_in.turned_away
        for ticket in drop_in.tickets.all():
            count.add(ticket)
    for site_id, times in _only_written_down(counts, first, last):
        counts[site_id].without_ticket += times
    return list(counts.values())


def sites_counted(user: Any) -> QuerySet[Site]:
    """Return the places whose figures the user reads: the coordinator's organisations or network, else one's own."""
    if rules.is_network_wide(user, Role.COORDINATOR):
        places = OpeningPeriod.objects.filter(takes_tickets=True).values("site")
        return Site.objects.filter(pk__in=places).order_by("name", "pk")
    ids = rules.organisation_ids(user, Role.COORDINATOR)
    theirs = OpeningPeriod.objects.filter(takes_tickets=True, mediator__organisation__in=ids).values("site")
    return (sites_with_queue(user) | Site.objects.filter(pk__in=theirs)).distinct().order_by("name", "pk")


def period_of(user_choice: str) -> tuple[dt.date, dt.date]:
    """Return today, or this month until today ("mois")."""
    today = timezone.localdate()
    return (today.replace(day=1) if user_choice == "mois" else today), today


def _only_written_down(sites: Iterable[int], first: dt.date, last: dt.date) -> QuerySet:
    """Return, site by site, how many a mediator received there of whom neither queue nor agenda knows."""
    alone = Activity.objects.in_period(first, last).filter(
        kind=ActivityKind.INDIVIDUAL,
        place_kind=PlaceKind.SITE,
        site__in=list(sites),
        source=Source.HERE,
        ticket=None,
        appointment=None,
    )
    return alone.order_by().values("site").annotate(number=Sum("times")).values_list("site", "number")
