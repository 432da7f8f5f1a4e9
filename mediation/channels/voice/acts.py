"""What a call changes: always by the services that the desk uses.

What these keep for agents is French, whatever language the call is in.
"""

import datetime as dt
from uuid import uuid5

from django.utils import translation

from helpdesk.models import Appointment, HelpRequest
from helpdesk.selectors import Slot
from helpdesk.services import move
from mediation.accounts.actor import Actor, Door
from mediation.channels.call_back import ask_to_be_called_back
from mediation.channels.models import Call
from mediation.channels.own import give_back_for, of_number
from mediation.channels.services import book_for_resident
from mediation.channels.voice import limits
from mediation.channels.web.holdings import Held, give_back
from mediation.kernel.languages import SOURCE
from workshops.services import accept_offer

BY = Actor(door=Door.VOICE)


@translation.override(SOURCE)
def book_for(call: Call, slot: Slot) -> Appointment:
    """Book for whoever calls, whose name is to be asked. Raises what ``book_for_resident`` raises.

    The key is the turn's: the same time, cancelled and booked again in one call, is a new appointment.
    """
    key = uuid5(call.uid, str(call.turn))
    appointment = book_for_resident(slot=slot, by=BY, phone=call.caller, language=call.language, request_key=key)
    limits.bookings(call).count()
    return appointment


@translation.override(SOURCE)
def move_to(call: Call, appointment: Appointment, slot: Slot) -> Appointment:
    """Move what the caller has. Raises what ``move`` raises."""
    moved = move(appointment=appointment, slot=slot, by=BY)
    limits.moves(appointment.reference).count()
    return moved


@translation.override(SOURCE)
def cancel(call: Call, held: Held) -> None:
    """Cancel what the caller has; others who are expected still come. Raises ValidationError where it is too late."""
    if call.memory.get("by_number"):
        give_back_for(call.caller, held, by=BY)
    else:
        give_back(held, by=BY)


@translation.override(SOURCE)
def accept(held: Held) -> None:
    """Take the seat that is kept in a workshop. Raises ValidationError where it is not any more."""
    accept_offer(registration=held.row, by=BY)


def is_all_theirs(call: Call, held: Held) -> bool:
    """Say whether nobody else is expected there, as far as the caller's number tells; a reference makes it theirs."""
    return not call.memory.get("by_number") or of_number(held, call.caller)[1]


@translation.override(SOURCE)
def call_back(call: Call, number: str, at: dt.datetime, *, no_slot: bool) -> HelpRequest:
    """Have somebody call ``number``. Raises ValidationError where nobody could."""
    key = uuid5(call.uid, number)
    request = ask_to_be_called_back(
        by=BY, at=at, no_slot=no_slot, phone=number, language=call.language, request_key=key
    )
    limits.call_backs(number).count()
    return request
