"""The waiting list: a freed seat is offered to the first who waits, and kept for a while."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.messaging.schedule import answer_deadline
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Workshop
from workshops.services import messages
from workshops.services.locks import lock_workshop
from workshops.services.seats import free_seats, take_seat

# Twice without an answer: the next ones are asked first, and the seat is not kept again.
MOST_OFFERS = 2


@transaction.atomic
def offer_next(*, workshop: Workshop) -> list[Registration]:
    """Offer each free seat to the next who waits; return whom. Those who left two offers unanswered are passed by."""
    current = lock_workshop(workshop)
    now = timezone.now()
    until = answer_deadline(now, current.starts_at)
    if until is None or current.is_cancelled:
        return []
    waiting = current.registrations.waiting().filter(offers__lt=MOST_OFFERS).select_related("beneficiary")
    offered = []
    for registration in waiting[: free_seats(current).count()]:
        registration.workshop = current
        changes = {
            "status": RegistrationStatus.OFFERED,
            "offered_until": until,
            "offers": registration.offers + 1,
            "version": registration.version + 1,
        }
        if take_seat(registration, **changes):
            messages.say_offered(registration)
            offered.append(registration)
    return offered


@transaction.atomic
def accept_offer(*, registration: Registration, by: Actor) -> Registration:
    """Give the person the seat that is kept for them, or a free one where the list was passed by.

    Raises ValidationError where there is none any more.
    """
    workshop = lock_workshop(registration.workshop)
    current = Registration.objects.select_related("beneficiary").get(pk=registration.pk)
    current.workshop = workshop
    if workshop.is_cancelled or current.status not in {RegistrationStatus.OFFERED, RegistrationStatus.WAITING}:
        raise ValidationError(_("Il n’y a plus de place gardée pour cette personne."), code="no_offer")
    changes = {"status": RegistrationStatus.REGISTERED, "offered_until": None, "version": current.version + 1}
    if current.status == RegistrationStatus.OFFERED:
        for name, value in changes.items():
            setattr(current, name, value)
        current.save()
    elif not take_seat(current, **changes):
        raise ValidationError(_("Il n’y a plus de place gardée pour cette personne."), code="no_offer")
    messages.say_registered(current)
    return current


def expire_offers() -> int:
    """Give back the seats that were kept and not taken, and offer them on; return how many."""
    expired = Registration.objects.filter(status=RegistrationStatus.OFFERED, offered_until__lte=timezone.now())
    workshops = Workshop.objects.filter(registrations__in=expired).distinct().order_by("pk")
    return sum(_expire_in(workshop) for workshop in workshops)


@transaction.atomic
def _expire_in(workshop: Workshop) -> int:
    current = lock_workshop(workshop)
    if current.ends_at <= timezone.now():
        # Nobody came for the seat and nobody else can: whoever writes down the attendance decides.
        return 0
    now = timezone.now()
    given_back = current.registrations.filter(status=RegistrationStatus.OFFERED, offered_until__lte=now)
    count = 0
    for registration in given_back.select_related("beneficiary"):
        registration.workshop = current
        registration.status, registration.seat, registration.offered_until = RegistrationStatus.WAITING, None, None
        # Back on the list, behind those who were not asked yet.
        registration.asked_at = now
        registration.version += 1
        registration.save()
        messages.forget([registration])
        count += 1
    offer_next(workshop=current)
    return count
