"""What the desk does in one go: open files where there are none, and book or ask for help, or do neither."""

from collections.abc import Sequence
from contextlib import nullcontext
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Beneficiary, Organisation
from directory.services import register_beneficiary
from helpdesk.enums import Cause
from helpdesk.models import Appointment, HelpRequest
from helpdesk.selectors import Slot
from helpdesk.services import BookedAlready, ask_for_help, book, booked_with
from mediation.accounts.actor import Actor
from mediation.desk.party import Guest


def done_before(request_key: UUID) -> Appointment | HelpRequest | None:
    """Return what the same form has already booked or noted."""
    return booked_with(request_key) or HelpRequest.objects.filter(request_key=request_key).first()


def book_for_guests(
    *, slot: Slot, guests: Sequence[Guest], organisation: Organisation, by: Actor, request_key: UUID, **said: Any
) -> Appointment:
    """Book for everybody who comes, opening the files of those who have none.

    Where the slot is lost, nobody was registered: trying the next one cannot leave the same person on file twice. The
    same form sent twice books once.
    """
    # Booking is a transaction of its own: with nobody to register there is nothing to hold together.
    together = nullcontext() if all(guest.person for guest in guests) else transaction.atomic()
    try:
        with together:
            people = _registered(guests, organisation, by)
            return book(slot=slot, people=people, by=by, booked_for=organisation, request_key=request_key, **said)
    except BookedAlready as before:
        # Sent twice at one moment: whoever was registered a second time has just been forgotten again.
        return before.appointment


class _AskedAlready(Exception):
    """The same form was sent before, and nobody is put on file a second time."""


def ask_for_guests(
    *, guests: Sequence[Guest], organisation: Organisation, by: Actor, request_key: UUID, note: str = "", **said: Any
) -> HelpRequest:
    """Put the first of those who come on the list of people to call back; the note names the others."""
    first, *others = guests
    if others:
        together = _("Avec %(names)s.") % {"names": ", ".join(str(guest) for guest in others)}
        note = f"{together} {note}".strip()
    try:
        with transaction.atomic():
            [person] = _registered([first], organisation, by)
            request = ask_for_help(
                beneficiary=person,
                organisation=organisation,
                cause=Cause.NO_SLOT,
                by=by,
                note=note,
                request_key=request_key,
                **said,
            )
            if request.beneficiary_id != person.pk:
                raise _AskedAlready
            return request
    except _AskedAlready:
        return HelpRequest.objects.get(request_key=request_key)


def _registered(guests: Sequence[Guest], organisation: Organisation, by: Actor) -> list[Beneficiary]:
    return [guest.person or register_beneficiary(organisation=organisation, by=by, **guest.known) for guest in guests]
