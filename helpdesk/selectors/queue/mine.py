"""The queue as one mediator sees it: whom they receive, who comes next, what is left to write down."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from directory import rules
from directory.enums import Role
from directory.models import Mediator
from helpdesk.models import OpeningPeriod, Ticket
from helpdesk.selectors.queue.line import Queue, last_gesture
from helpdesk.selectors.queue.reading import queues_of
from sites.models import Site

# Older tickets without a report are left as they are: nobody remembers.
REPORTED_WITHIN = dt.timedelta(days=30)


@dataclass(frozen=True)
class MediatorQueue:
    """One site's queue for one mediator. ``last`` is the ticket whose last gesture may be taken back."""

    mediator: Mediator
    queue: Queue
    current: Ticket | None
    next: Ticket | None
    last: Ticket | None

    @property
    def due(self) -> dt.datetime | None:
        """When the mediator is expected elsewhere, where that is too soon to receive somebody before."""
        receiver = self.queue.receiver(self.mediator)
        soon = self.queue.now + self.queue.usual
        return receiver.busy_from if receiver and receiver.busy_from and receiver.busy_from < soon else None

    @property
    def colleagues(self) -> list[Mediator]:
        """To whom somebody may be sent on."""
        return [one.mediator for one in self.queue.receivers if one.mediator != self.mediator]


def mediator_queues(mediator: Mediator) -> list[MediatorQueue]:
    """Return the queues in which a mediator receives today or is still with somebody; one query if none."""
    periods = OpeningPeriod.objects.touching(timezone.localdate(), timezone.localdate())
    places = periods.filter(mediator=mediator, takes_tickets=True).values("site")
    sites = list(Site.objects.filter(pk__in=places).order_by("name", "pk"))
    found = [mediator_queue(mediator, queue) for queue in queues_of(sites)] if sites else []
    return [one for one in found if one.current or one.queue.receiver(mediator)]


def mediator_queue(mediator: Mediator, queue: Queue) -> MediatorQueue:
    """Return one queue as ``mediator`` sees it."""
    own = [ticket for ticket in queue.tickets if ticket.mediator_id == mediator.pk]
    sent_on = [ticket for ticket in queue.tickets if ticket.before and ticket.before["mediator_id"] == mediator.pk]
    return MediatorQueue(
        mediator=mediator,
        queue=queue,
        current=next((ticket for ticket in own if ticket.is_under_way), None),
        next=queue.next_for(mediator),
        last=last_gesture({*own, *sent_on}),
    )


def tickets_to_report(mediator: Mediator) -> QuerySet[Ticket]:
    """Return whom a mediator received without having written down what was done, latest first."""
    since = timezone.localdate() - REPORTED_WITHIN
    return mediator.tickets.to_report().filter(drop_in__day__gte=since).for_pages().order_by("-ended_at", "-pk")


def sites_with_queue(user: Any) -> QuerySet[Site]:
    """Return the places where the user gives tickets: somebody receives so there, and they work for it or there."""
    ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
    with_tickets = OpeningPeriod.objects.filter(takes_tickets=True)
    theirs = with_tickets.filter(mediator__organisation__in=ids).values("site")
    sites = Site.objects.filter(Q(organisation__in=ids) | Q(pk__in=theirs), pk__in=with_tickets.values("site"))
    return sites.order_by("name", "pk")
