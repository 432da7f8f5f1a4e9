"""Who stands in a queue, in which order, and what is said of it."""

import datetime as dt
import math
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directory.models import Mediator
from helpdesk.enums import QueueState, TicketState
from helpdesk.expansion import Span
from helpdesk.models import DropIn, Ticket
from mediation.kernel import formats
from sites.models import Site

MINUTE = dt.timedelta(minutes=1)
# Tickets are given from an hour before somebody receives: people come early, but not the evening before.
EARLY = dt.timedelta(hours=1)
# How long one person takes, until the day's own tickets say it.
FIRST_GUESS = dt.timedelta(minutes=20)
# Whoever did not answer lets so many others go first.
LETS_PASS = 2
ROUNDING = 5


@dataclass(frozen=True)
class Receiver:
    """A mediator who takes tickets in this session: whom they receive, and when they are free until its end."""

    mediator: Mediator
    free: list[Span]
    busy_from: dt.datetime | None
    ticket: Ticket | None = None


@dataclass(frozen=True)
class Turn:
    """A ticket that waits, and when its turn should come; None where nobody will have the time."""

    ticket: Ticket
    starts_at: dt.datetime | None
    now: dt.datetime

    @property
    def wait_words(self) -> str:
        """How long it will still take, in words."""
        return wait_words(self.starts_at - self.now) if self.starts_at else _("plus de temps aujourd’hui")


@dataclass(frozen=True)
class Queue:
    """One site's queue now. ``next_turn`` is when somebody who comes now would be received."""

    site: Site
    now: dt.datetime
    session: Span | None
    drop_in: DropIn | None
    receivers: list[Receiver]
    tickets: list[Ticket]
    turns: list[Turn]
    next_turn: dt.datetime | None
    usual: dt.timedelta

    @property
    def state(self) -> QueueState:
        """Whether a ticket is given now, and why not."""
        if self.session is None:
            return QueueState.NONE
        if self.session[0] - EARLY > self.now:
            return QueueState.EARLY
        if self.is_closed_by_hand:
            return QueueState.CLOSED
        return QueueState.OPEN if self.next_turn else QueueState.FULL

    @property
    def tone(self) -> str:
        """The tone of the state's badge."""
        tones = {QueueState.OPEN: "ok", QueueState.FULL: "warn", QueueState.CLOSED: "stop", QueueState.EARLY: "info"}
        return tones.get(self.state, "plain")

    @property
    def is_open(self) -> bool:
        """Whether a ticket is given now."""
        return self.state == QueueState.OPEN

    @property
    def is_closed_by_hand(self) -> bool:
        """Whether an agent closed this session: one of this morning does not close the afternoon's."""
        closed_at = self.drop_in.closed_at if self.drop_in else None
        return bool(closed_at and self.session and closed_at >= self.session[0] - EARLY)

    @property
    def opens_at(self) -> dt.datetime | None:
        """When somebody begins to receive."""
        return self.session[0] if self.session else None

    @property
    def closes_at(self) -> dt.datetime | None:
        """When nobody receives any more."""
        return self.session[1] if self.session else None

    @property
    def called(self) -> list[Ticket]:
        """Whose number is called now, the last one first."""
        rows = (ticket for ticket in self.tickets if ticket.state == TicketState.CALLED)
        return sorted(rows, key=lambda ticket: (ticket.called_at, ticket.number), reverse=True)

    @property
    def received(self) -> list[Ticket]:
        """Who is received now."""
        return [ticket for ticket in self.tickets if ticket.state == TicketState.SERVED and ticket.is_under_way]

    @property
    def wait(self) -> dt.timedelta | None:
        """How long somebody who comes now would wait; None where they would not be received."""
        return self.next_turn - self.now if self.next_turn else None

    @property
    def wait_words(self) -> str:
        """The same in words."""
        return wait_words(self.wait) if self.wait is not None else ""

    @property
    def usual_minutes(self) -> int:
        """How long one person takes, in minutes."""
        return round(self.usual / MINUTE)

    @property
    def waiting_words(self) -> str:
        """How many wait and how long one would: "5 personnes attendent, environ 40 min"."""
        if not self.is_open:
            return self.refusal
        if not self.turns:
            return _("Personne n’attend.")
        people = ngettext("%(number)s personne attend", "%(number)s personnes attendent", len(self.turns))
        # By name: Arabic says one and two without a figure.
        people %= {"number": len(self.turns)}
        return f"{people}, {self.wait_words}"

    @property
    def in_words(self) -> str:
        """The same among other things that a list says of a place."""
        if self.state == QueueState.EARLY:
            return _("Sans rendez-vous à partir de %(hour)s") % {"hour": formats.hour(self.session[0])}  # type: ignore[index]
        if not self.is_open:
            return _("Sans rendez-vous : plus de ticket pour le moment")
        return _("Sans rendez-vous : %(waiting)s") % {"waiting": self.waiting_words}

    @property
    def refusal(self) -> str:
        """Why no ticket is given, as one says it to the person."""
        if self.state == QueueState.NONE:
            return _("Personne ne reçoit sans rendez-vous ici aujourd’hui.")
        if self.state == QueueState.EARLY:
            return _("Il est trop tôt : on reçoit sans rendez-vous à partir de %(hour)s.") % {
                "hour": formats.hour(self.session[0])  # type: ignore[index]
            }
        if self.state == QueueState.CLOSED:
            return _("La file est fermée.")
        return _("Les personnes qui attendent prennent déjà tout le temps qui reste.")

    @property
    def last(self) -> Ticket | None:
        """Return the ticket whose last gesture was made last, as far as it can be taken back."""
        return last_gesture(self.tickets)

    def turn_of(self, ticket: Ticket) -> Turn | None:
        """Return when a ticket's turn should come."""
        return next((turn for turn in self.turns if turn.ticket == ticket), None)

    def next_for(self, mediator: Mediator) -> Ticket | None:
        """Return whom ``mediator`` calls next: sent on to them, with priority, then in order."""
        return next((one.ticket for one in self.turns if one.ticket.mediator_id in {None, mediator.pk}), None)

    def receiver(self, mediator: Mediator) -> Receiver | None:
        """Return what is known of one mediator in this session."""
        return next((one for one in self.receivers if one.mediator == mediator), None)


def wait_words(wait: dt.timedelta) -> str:
    """Return "moins de 5 min", "environ 40 min" or "environ 1 h 20": an estimate is no promise to the minute."""
    minutes = wait / MINUTE
    if minutes < ROUNDING:
        return _("moins de %(long)s") % {"long": formats.duration(ROUNDING)}
    return _("environ %(long)s") % {"long": formats.duration(math.ceil(minutes / ROUNDING) * ROUNDING)}


def in_order(tickets: Iterable[Ticket]) -> list[Ticket]:
    """Return who waits, in the order of their calls: sent on by a colleague, with priority, by number.

    Whoever did not answer comes back behind the next two: the calls since then tell how many have gone first.
    """
    rows = list(tickets)
    waiting = [ticket for ticket in rows if ticket.state == TicketState.WAITING]
    order = sorted(
        (ticket for ticket in waiting if ticket.returned_at is None),
        key=lambda ticket: (ticket.mediator_id is None, not ticket.is_priority, ticket.number),
    )
    back = sorted((ticket.returned_at, ticket.pk, ticket) for ticket in waiting if ticket.returned_at)
    for place, (since, _pk, ticket) in enumerate(back):
        passed = sum(bool(other.called_at and other.called_at > since) for other in rows)
        order.insert(min(len(order), max(0, LETS_PASS - passed) + place), ticket)
    return order


def last_gesture(tickets: Iterable[Ticket]) -> Ticket | None:
    """Return the ticket that was touched last, and whose gesture can still be taken back."""
    touched = [
        (ticket.before["at"], ticket.pk, ticket) for ticket in tickets if ticket.before and not ticket.activity_id
    ]
    return max(touched)[-1] if touched else None


def usual_of(ticket: Ticket | None, measured: dt.timedelta | None) -> dt.timedelta:
    """Return how long somebody takes: as measured today, else as their reason says, else a guess."""
    if measured:
        return measured
    return ticket.reason.duration_minutes * MINUTE if ticket and ticket.reason else FIRST_GUESS
