"""What tests of a queue do again and again: give numbers, call, serve, and read who comes when."""

import datetime as dt

from helpdesk.models import Ticket
from helpdesk.selectors.queue import queue_of
from helpdesk.services import queue
from mediation.accounts.actor import Actor


def take(cast, count: int = 1, **said) -> list[Ticket]:
    """Give so many tickets at Empalot."""
    return [queue.take_ticket(site=cast.empalot, by=Actor.at_desk(cast.claire), **said) for _number in range(count)]


def call(cast, mediator=None) -> Ticket:
    return queue.call_next(site=cast.empalot, mediator=mediator or cast.amina_mediator, by=Actor.at_desk(cast.amina))


def serve(cast, now, minutes: int, mediator=None) -> Ticket:
    """Call whoever is next, and finish with them so many minutes later."""
    ticket = call(cast, mediator)
    now.shift(dt.timedelta(minutes=minutes))
    return queue.end_ticket(ticket=ticket, by=Actor.at_desk(cast.amina))


def order(cast) -> list[int]:
    return [turn.ticket.number for turn in queue_of(cast.empalot).turns]


def starts(cast) -> list[dt.datetime | None]:
    return [turn.starts_at for turn in queue_of(cast.empalot).turns]
