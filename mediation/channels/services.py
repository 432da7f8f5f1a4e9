"""Book for residents who have no account: the same booking as at the desk, for somebody who may be new."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

from django.db import transaction

from directory.enums import Language
from directory.models import Beneficiary, Organisation
from directory.services import register_beneficiary, update_beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services import BookedAlready, book, booked_with
from mediation.accounts.actor import Actor
from mediation.kernel.formats import searchable
from mediation.kernel.once import key_of
from mediation.kernel.phones import to_e164
from mediation.kernel.references import new_reference
from workshops.models import Registration, Workshop
from workshops.services import RegisteredAlready, register, registered_with


def book_for_resident(
    *,
    slot: Slot,
    by: Actor,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    language: str = "",
    request_key: UUID | None = None,
) -> Appointment:
    """Book ``slot`` for somebody who says as much of themselves as they wish, in the ``language`` they chose.

    Where the slot is lost no file is left either: both are one transaction. The same form sent twice books once;
    filled in anew, it books for somebody else. Raises what else ``book`` raises.
    """
    who = {"first_name": first_name, "last_name": last_name, "phone": phone, "language": language}
    key = key_of(request_key, slot.token, first_name, last_name, to_e164(phone))
    if known := booked_with(key):
        return known
    try:
        with transaction.atomic():
            person = person_who_comes(organisation=slot.mediator.organisation, by=by, **who)
            return book(slot=slot, people=[person], by=by, request_key=key)
    except BookedAlready as before:
        # Sent twice at one moment: the file that was opened a second time has just been forgotten again.
        return before.appointment


def register_resident(
    *,
    workshop: Workshop,
    by: Actor,
    wait_if_full: bool,
    first_name: str = "",
    last_name: str = "",
    phone: str = "",
    language: str = "",
    request_key: UUID | None = None,
) -> Registration:
    """Give a resident a seat in a workshop, or a rank where they agree to wait.

    Where there is neither, no file is left. The same form sent twice registers once; filled in anew, it registers
    somebody else. Raises what else ``register`` raises.
    """
    who = {"first_name": first_name, "last_name": last_name, "phone": phone, "language": language}
    key = key_of(request_key, workshop.uid, first_name, last_name, to_e164(phone))
    if known := registered_with(key):
        return known
    try:
        with transaction.atomic():
            person = person_who_comes(organisation=workshop.mediator.organisation, by=by, **who)
            return register(workshop=workshop, beneficiary=person, by=by, wait_if_full=wait_if_full, request_key=key)
    except RegisteredAlready as before:
        # Sent twice at one moment: the file that was opened a second time has just been forgotten again.
        return before.registration


@transaction.atomic
def person_who_comes(
    *,
    organisation: Organisation,
    by: Actor,
    first_name: str,
    last_name: str,
    phone: str,
    email: str = "",
    language: str = "",
) -> Beneficiary:
    """Return the file of the same name and number at the organisation, or open one.

    Both must be the same: a family shares one number, and nothing of the file found is shown to whoever typed it, not
    even by a shorter wait. Whoever comes is written to in the ``language`` of the page from now on, French included:
    their last wish counts. Nothing else of a known file changes: ``email`` is only kept in a new one.
    """
    e164, name = to_e164(phone), searchable(f"{first_name} {last_name}")
    known = None
    if e164 and name:
        alike = Beneficiary.objects.filter(phone=e164, search_name=name, merged_into=None)
        known = alike.filter(links__organisation=organisation).first()
    with _kept(known is None):
        new = register_beneficiary(
            organisation=organisation,
            by=by,
            first_name=first_name,
            last_name=last_name,
            phone_typed=phone,
            email=email,
            # Somebody who gives nothing is still somebody to expect; the mediator asks their name.
            reference="" if first_name or last_name or phone else f"libre-service {new_reference()}",
            language=language or Language.FR,
        )
    if known is None:
        return new
    if language not in ("", known.language):
        update_beneficiary(beneficiary=known, by=by, language=language)
    return known


class _ForgottenError(Exception):
    """What is written within is not to be kept."""


@contextmanager
def _kept(is_kept: bool) -> Iterator[None]:
    """Keep what is written within, or forget it: a file that is not needed takes as long to open as one that is."""
    with suppress(_ForgottenError), transaction.atomic():
        yield
        if not is_kept:
            raise _ForgottenError
