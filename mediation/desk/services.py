"""What the desk does in one go."""

from typing import Any

from django.db import transaction

from directory.models import Beneficiary, Organisation
from directory.services import register_beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import book
from mediation.accounts.actor import Actor


@transaction.atomic
def book_for_somebody_new(
    *, slot: Slot, organisation: Organisation, by: Actor, note: str = "", **known: Any
) -> tuple[Beneficiary, Appointment]:
    """Open somebody's file and book for them, or do neither.

    Where the slot is lost, nobody was registered: trying the next one cannot leave the same person on file twice.
    """
    person = register_beneficiary(organisation=organisation, by=by, **known)
    return person, book(slot=slot, people=[person], by=by, booked_for=organisation, note=note)
