"""The queue of people who come without an appointment: tickets given, called, received, sent on.

Everything that changes a queue locks its day first: two people get two numbers, two mediators call two people.
"""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary, Mediator
from helpdesk.enums import QueueState, TicketState
from helpdesk.models import DropIn, Reason, Ticket
from helpdesk.selectors.queue import Queue, queue_of
from mediation.accounts.actor import Actor
from mediation.activity.models import Activity
from mediation.activity.services import Person, log_individual
from mediation.kernel.once import key_of
from sites.models import Site

# What a gesture may change; kept as it was, to take the gesture back.
STEP = ("state", "called_at", "ended_at", "returned_at", "mediator_id")
MOMENTS = ("called_at", "ended_at", "returned_at")


class _NoTicket(Exception):
    """The queue gives no ticket; said inside the transaction, counted once it is over."""

    def __init__(self, queue: Queue) -> None:
        super().__init__()
        self.queue = queue


# --- Tickets ---------------------------------------------------------------------------------------------------------


def take_ticket(
    *,
    site: Site,
    by: Actor,
    is_priority: bool = False,
    reason: Reason | None = None,
    beneficiary: Beneficiary | None = None,
    although_full: bool = False,
    request_key: UUID | None = None,
) -> Ticket:
    """Give the next number of the day, one for the same form (``request_key``) sent twice; priority asks for no reason.

    Raises ValidationError ("queue_closed") where the queue is closed, full or not held; whoever is refused because it
    is closed or full is counted. ``although_full`` is an agent's decision, who sees that there is still time.
    """
    asked = (is_priority, reason and reason.pk, beneficiary and beneficiary.pk)
    try:
        with transaction.atomic():
            drop_in = _lock_day(site)
            key = key_of(request_key, drop_in.pk, *asked)
            if known := _given_to(key):
                return known
            queue = queue_of(site)
            if not (queue.is_open or (although_full and queue.state == QueueState.FULL)):
                raise _NoTicket(queue)
            said = {"is_priority": is_priority, "reason": reason, "beneficiary": beneficiary}
            return _give(drop_in, by, request_key=key, **said)
    except _NoTicket as refusal:
        queue = refusal.queue
    if queue.state in (QueueState.CLOSED, QueueState.FULL):
        turn_away(site=site, by=by)
    raise ValidationError(queue.refusal, code="queue_closed")


@transaction.atomic
def take_directly(*, site: Site, mediator: Mediator, by: Actor, beneficiary: Beneficiary | None = None) -> Ticket:
    """Receive somebody who has no ticket, also where no more are given: they get a number, for the day's count."""
    drop_in = _lock_day(site)
    _refuse_busy(drop_in, mediator)
    now = timezone.now()
    return _give(
        drop_in, by, beneficiary=beneficiary, mediator=mediator, state=TicketState.SERVED, taken_at=now, called_at=now
    )


@transaction.atomic
def call_next(*, site: Site, mediator: Mediator, by: Actor) -> Ticket:
    """Call whoever is next for ``mediator``: sent on to them, with priority, then in order.

    The lock makes two mediators who call at once call two people. Raises ValidationError where nobody waits ("nobody")
    or where the mediator has not finished with somebody ("busy").
    """
    drop_in = _lock_day(site)
    _refuse_busy(drop_in, mediator)
    ticket = queue_of(site).next_for(mediator)
    if ticket is None:
        raise ValidationError(_("Personne n’attend."), code="nobody")
    return _step(ticket, state=TicketState.CALLED, called_at=timezone.now(), mediator_id=mediator.pk)


# --- What becomes of one ---------------------------------------------------------------------------------------------


@transaction.atomic
def arrive(*, ticket: Ticket, by: Actor) -> Ticket:
    """Note that whoever was called has come."""
    current = _current(ticket, TicketState.CALLED)
    return _step(current, state=TicketState.SERVED)


@transaction.atomic
def no_answer(*, ticket: Ticket, by: Actor) -> Ticket:
    """Note that nobody came when called: the first time the number comes back behind the next two, then it is over."""
    current = _current(ticket, TicketState.CALLED)
    now = timezone.now()
    if current.returned_at:
        return _step(current, state=TicketState.NO_ANSWER, ended_at=now)
    return _step(current, state=TicketState.WAITING, called_at=None, mediator_id=None, returned_at=now)


@transaction.atomic
def transfer(*, ticket: Ticket, to: Mediator, by: Actor) -> Ticket:
    """Send somebody on to a colleague, who calls them next."""
    current = _current(ticket, TicketState.CALLED, TicketState.SERVED, TicketState.WAITING)
    if queue_of(current.drop_in.site).receiver(to) is None:
        raise ValidationError(_("%(who)s ne reçoit pas sans rendez-vous ici.") % {"who": to}, code="not_here")
    if to.pk == current.mediator_id:
        raise ValidationError(_("Cette personne est déjà pour %(who)s.") % {"who": to}, code="same")
    return _step(current, state=TicketState.WAITING, called_at=None, returned_at=None, mediator_id=to.pk)


@transaction.atomic
def leave(*, ticket: Ticket, by: Actor) -> Ticket:
    """Note that somebody left without having been received."""
    current = _current(ticket, TicketState.WAITING, TicketState.CALLED)
    return _step(current, state=TicketState.LEFT, ended_at=timezone.now())


@transaction.atomic
def end_ticket(*, ticket: Ticket, by: Actor) -> Ticket:
    """Note that the mediator has finished with somebody; from then on how long it took counts in the estimate."""
    current = _current(ticket, TicketState.CALLED, TicketState.SERVED)
    return _step(current, state=TicketState.SERVED, ended_at=timezone.now())


@transaction.atomic
def undo(*, ticket: Ticket, by: Actor) -> Ticket:
    """Take back the last gesture on a ticket. Raises ValidationError where there is none, or where it is reported."""
    _lock_day_of(ticket)
    current = _read(ticket)
    if current.before is None:
        raise ValidationError(_("Il n’y a plus rien à défaire."), code="nothing")
    if current.activity_id:
        raise ValidationError(_("Le compte rendu est déjà enregistré."), code="reported")
    for name in STEP:
        value = current.before[name]
        setattr(current, name, dt.datetime.fromisoformat(value) if name in MOMENTS and value else value)
    if current.is_under_way and current.mediator:
        _refuse_busy(current.drop_in, current.mediator, but=current)
    current.before = None
    current.save(update_fields=[*STEP, "before"])
    return current


@transaction.atomic
def report_ticket(*, ticket: Ticket, by: Actor, people: list[Person], **what: Any) -> Activity:
    """Log what was done for whoever was received, once. ``what`` is what ``log_individual`` takes."""
    _lock_day_of(ticket)
    current = _read(ticket)
    if current.activity_id:
        raise ValidationError(_("Le compte rendu de ce ticket est déjà fait."), code="reported")
    if current.state != TicketState.SERVED or current.mediator is None:
        raise ValidationError(_("Personne n’a été reçu avec ce ticket."), code="nobody")
    current.ended_at = current.ended_at or timezone.now()
    known = {
        "day": current.drop_in.day,
        "site": current.drop_in.site,
        "duration_minutes": current.minutes,
        "mediator": current.mediator,
    }
    current.activity = log_individual(by=by, people=people, **{**known, **what})
    current.save(update_fields=["activity", "ended_at"])
    return current.activity


# --- The queue itself ------------------------------------------------------------------------------------------------


@transaction.atomic
def close_queue(*, site: Site, by: Actor) -> DropIn:
    """Give no more tickets in this session; those who wait are still received."""
    drop_in = _lock_day(site)
    drop_in.closed_at, drop_in.closed_by = timezone.now(), by.user
    drop_in.save(update_fields=["closed_at", "closed_by"])
    return drop_in


@transaction.atomic
def reopen_queue(*, site: Site, by: Actor) -> DropIn:
    """Give tickets again."""
    drop_in = _lock_day(site)
    drop_in.closed_at, drop_in.closed_by = None, None
    drop_in.save(update_fields=["closed_at", "closed_by"])
    return drop_in


@transaction.atomic
def turn_away(*, site: Site, by: Actor, people: int = 1) -> DropIn:
    """Count somebody who could not be received; ``people=-1`` takes a count back."""
    drop_in = _lock_day(site)
    drop_in.turned_away = max(0, drop_in.turned_away + people)
    drop_in.save(update_fields=["turned_away"])
    return drop_in


# --- Pieces ----------------------------------------------------------------------------------------------------------


def _lock_day(site: Site) -> DropIn:
    """Return today's queue at ``site``, kept from change by others until this transaction ends."""
    drop_in, _created = DropIn.objects.get_or_create(site=site, day=timezone.localdate())
    return DropIn.objects.select_for_update().get(pk=drop_in.pk)


def _lock_day_of(ticket: Ticket) -> None:
    """Keep a ticket's queue from change by others."""
    DropIn.objects.select_for_update().get(pk=ticket.drop_in_id)


def _read(ticket: Ticket) -> Ticket:
    return Ticket.objects.for_pages().get(pk=ticket.pk)


def _given_to(key: UUID | None) -> Ticket | None:
    return Ticket.objects.for_pages().filter(request_key=key).first() if key else None


def _give(drop_in: DropIn, by: Actor, **said: Any) -> Ticket:
    last = drop_in.tickets.order_by("-number").values_list("number", flat=True).first() or 0
    return Ticket.objects.create(drop_in=drop_in, number=last + 1, taken_through=by.door, **said)


def _current(ticket: Ticket, *states: TicketState) -> Ticket:
    """Return the ticket as it stands now; refuse it where somebody else was quicker and it stands otherwise."""
    _lock_day_of(ticket)
    current = _read(ticket)
    if current.state not in states or current.ended_at:
        raise ValidationError(
            _("Le numéro %(number)s a changé entre-temps : %(state)s.")
            % {"number": current.number, "state": current.get_state_display().lower()},
            code="changed",
        )
    return current


def _refuse_busy(drop_in: DropIn, mediator: Mediator, but: Ticket | None = None) -> None:
    others = drop_in.tickets.under_way().filter(mediator=mediator).exclude(pk=but.pk if but else None)
    if other := others.first():
        raise ValidationError(
            _("%(who)s est encore avec le numéro %(number)s.") % {"who": mediator, "number": other.number},
            code="busy",
        )


def _step(ticket: Ticket, **changes: Any) -> Ticket:
    """Change a ticket and keep how it was."""
    kept = {name: getattr(ticket, name) for name in STEP} | {"at": timezone.now()}
    ticket.before = {
        name: value.isoformat() if isinstance(value, dt.datetime) else value for name, value in kept.items()
    }
    for name, value in changes.items():
        setattr(ticket, name, value)
    ticket.save(update_fields=[*STEP, "before"])
    return ticket
