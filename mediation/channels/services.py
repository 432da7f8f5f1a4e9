"""Book for residents who have no account: the same booking as at the desk, for somebody who may be new."""

from uuid import UUID

from django.db import transaction

from directory.models import Beneficiary, Organisation
from directory.services import register_beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import BookedAlready, book, booked_with
from mediation.accounts.actor import Actor
from mediation.kernel.formats import searchable
from mediation.kernel.phones import to_e164
from mediation.kernel.references import new_reference
from workshops.models import Registration, Workshop
from workshops.services import register


def book_for_resident(
    *,
    slot: Slot,
    by: Actor,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    request_key: UUID | None = None,
) -> Appointment:
    """Book ``slot`` for somebody who says as much of themselves as they wish.

    Where the slot is lost no file is left either: both are one transaction. The same form sent twice books once.
    Raises what ``book`` raises.
    """
    if known := booked_with(request_key):
        return known
    who = {"first_name": first_name, "last_name": last_name, "phone": phone}
    try:
        with transaction.atomic():
            person = person_who_comes(organisation=slot.mediator.organisation, by=by, **who)
            return book(slot=slot, people=[person], by=by, request_key=request_key)
    except BookedAlready as before:
        # Sent twice at one moment: the file that was opened a second time has just been forgotten again.
        return before.appointment


@transaction.atomic
def register_resident(
    *, workshop: Workshop, by: Actor, wait_if_full: bool, first_name: str = "", last_name: str = "", phone: str = ""
) -> Registration:
    """Give a resident a seat in a workshop, or a rank where they agree to wait. Raises what ``register`` raises."""
    person = person_who_comes(
        organisation=workshop.mediator.organisation, by=by, first_name=first_name, last_name=last_name, phone=phone
    )
    return register(workshop=workshop, beneficiary=person, by=by, wait_if_full=wait_if_full)


@transaction.atomic
def person_who_comes(
    *, organisation: Organisation, by: Actor, first_name: str, last_name: str, phone: str
) -> Beneficiary:
    """Return the file of the same name and number at the organisation, or open one.

    Both must be the same: a family shares one number, and nothing of the file found is shown to whoever typed it.
    """
    e164, name = to_e164(phone), searchable(f"{first_name} {last_name}")
    if e164 and name:
        alike = Beneficiary.objects.filter(phone=e164, search_name=name, merged_into=None)
        known = alike.filter(links__organisation=organisation).first()
        if known:
            return known
    # Somebody who gives nothing is still somebody to expect; the mediator asks their name.
    reference = "" if first_name or last_name or phone else f"libre-service {new_reference()}"
    return register_beneficiary(
        organisation=organisation,
        by=by,
        first_name=first_name,
        last_name=last_name,
        phone_typed=phone,
        reference=reference,
    )
