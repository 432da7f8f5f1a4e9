"""Give people seats, or a rank on the waiting list, and take them back."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary, Organisation
from directory.selectors import booking_organisation
from directory.services import link
from mediation.accounts.actor import Actor
from mediation.kernel.references import free_reference, read_secret
from workshops.enums import HOLDS_A_SEAT, RegistrationStatus
from workshops.models import Registration, Workshop
from workshops.services import messages
from workshops.services.locks import lock_workshop
from workshops.services.offers import offer_next
from workshops.services.seats import refuse_twice, take_seat


class WorkshopFull(ValidationError):
    """No seat is left, and the person did not ask to wait. ``rank`` is the one they would have on the list."""

    def __init__(self, rank: int) -> None:
        super().__init__(_("Cet atelier est complet."), code="full")
        self.rank = rank


class RegisteredAlready(Exception):
    """The form was sent before. ``registration`` is what came of it."""

    def __init__(self, registration: Registration) -> None:
        super().__init__()
        self.registration = registration


@transaction.atomic
def register(
    *,
    workshop: Workshop,
    beneficiary: Beneficiary,
    by: Actor,
    booked_for: Organisation | None = None,
    wait_if_full: bool = True,
    request_key: UUID | None = None,
) -> Registration:
    """Give ``beneficiary`` a seat, or a rank on the waiting list, and tell them.

    The workshop's lock makes two who register at once queue. Raises WorkshopFull where no seat is left and nobody
    asked to wait, RegisteredAlready where ``request_key``, which comes from the form, was sent before,
    ValidationError where the workshop is over, cancelled, or the person is in it already.
    """
    current = lock_workshop(workshop)
    if known := registered_with(request_key):
        raise RegisteredAlready(known)
    _refuse_closed(current, by)
    registration = Registration(
        workshop=current,
        beneficiary=beneficiary,
        reference=free_reference(Registration.objects.all()),
        booked_by=by.user,
        booked_for=booked_for or booking_organisation(by.user, current.mediator),
        booked_through=by.door,
        request_key=request_key,
    )
    refuse_twice(registration)
    if take_seat(registration, status=RegistrationStatus.REGISTERED):
        messages.say_registered(registration)
    elif wait_if_full:
        _wait(registration)
    else:
        raise WorkshopFull(rank=current.registrations.waiting().count() + 1)
    link(beneficiary=beneficiary, organisation=current.mediator.organisation, on=timezone.localdate())
    return registration


def registered_with(request_key: UUID | None) -> Registration | None:
    """Return what a form has already registered: whoever sends it again gets the same registration."""
    return Registration.objects.filter(request_key=request_key).first() if request_key else None


@transaction.atomic
def cancel_registration(*, registration: Registration, by: Actor, asked_by_person: bool = True) -> Registration:
    """Take somebody out of a workshop; their seat is offered to the next who waits.

    Raises ValidationError where there is nothing left to cancel.
    """
    workshop = lock_workshop(registration.workshop)
    current = Registration.objects.select_related("beneficiary").get(pk=registration.pk)
    current.workshop = workshop
    _refuse_cancelling(current)
    held_a_seat = current.status in HOLDS_A_SEAT
    current.status, current.seat, current.offered_until = RegistrationStatus.CANCELLED, None, None
    current.version += 1
    current.save()
    if asked_by_person:
        messages.say_excused(current)
    else:
        messages.say_cancelled([current])
    if held_a_seat:
        offer_next(workshop=workshop)
    return current


def find_by_reference(reference: str, secret: str) -> Registration | None:
    """Return the registration of ``reference`` for whoever knows its code, or the person's number or its end.

    Spaces are ignored. The caller limits the attempts: four digits are few. Whatever is wrong, the same single query
    finds nothing.
    """
    digits, typed = "".join(c for c in reference if c in "0123456789"), read_secret(secret)
    if not typed:
        return None
    found = Registration.objects.filter(
        Q(code=typed) | Q(beneficiary__phone__endswith=typed), reference=digits
    ).select_related("beneficiary", "workshop__site", "workshop__engagement__mediator__organisation")
    return found.first()


def _refuse_closed(workshop: Workshop, by: Actor) -> None:
    now = timezone.now()
    if workshop.is_cancelled:
        raise ValidationError(_("Cet atelier est annulé."), code="cancelled")
    # Somebody who walks in late is still welcome; alone, one registers before it begins.
    closes_at = workshop.starts_at if by.is_self_service else workshop.ends_at
    if closes_at <= now:
        raise ValidationError(_("Cet atelier a déjà eu lieu."), code="past")
    if by.is_self_service and not (workshop.is_public and workshop.site.is_published):
        raise ValidationError(_("Cet atelier ne se réserve pas ici. Appelez-nous."), code="not_public")


def _refuse_cancelling(registration: Registration) -> None:
    if registration.status == RegistrationStatus.CANCELLED:
        raise ValidationError(_("Cette personne est déjà désinscrite."), code="already_cancelled")
    if registration.status in {RegistrationStatus.ATTENDED, RegistrationStatus.ABSENT}:
        raise ValidationError(_("La présence est déjà notée : l’inscription ne change plus."), code="took_place")


def _wait(registration: Registration) -> None:
    registration.status, registration.seat = RegistrationStatus.WAITING, None
    try:
        with transaction.atomic():
            registration.save()
    except IntegrityError:
        refuse_twice(registration)
        raise
    messages.say_waiting(registration)
