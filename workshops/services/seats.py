"""Seats: the scarce thing. The database lets each be held once, whatever was read before."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mediation.accounts.actor import SELF_SERVICE
from workshops.models import Registration, Seat, Workshop

LARGEST = 200


def take_seat(registration: Registration, **changes: object) -> bool:
    """Write the registration with the lowest free seat and ``changes``; False where none is left.

    Under the workshop's lock the first free seat is ours. Without it, whoever comes second is refused by the
    database and tries the next one.
    """
    for name, value in changes.items():
        setattr(registration, name, value)
    while seat := free_seats(registration.workshop).first():
        registration.seat = seat
        try:
            with transaction.atomic():
                registration.save()
        except IntegrityError:
            refuse_twice(registration)
            # Only the loss of the race for this seat is worth another try.
            if free_seats(registration.workshop).filter(pk=seat.pk).exists():
                raise
            continue
        return True
    registration.seat = None
    return False


def free_seats(workshop: Workshop) -> QuerySet[Seat]:
    """Return the seats that nobody holds, lowest first."""
    return Seat.objects.filter(workshop=workshop, registration__isnull=True).order_by("number")


def refuse_twice(registration: Registration) -> None:
    """Raise ValidationError where the person is in the workshop already.

    Whoever types a name and a number alone is not told so: they may be anybody's.
    """
    others = Registration.objects.live().filter(
        workshop=registration.workshop_id, beneficiary=registration.beneficiary_id
    )
    if others.exclude(pk=registration.pk).exists():
        if registration.booked_through in SELF_SERVICE:
            raise ValidationError(_("Nous ne pouvons pas noter votre demande ici. Appelez-nous."), code="not_here")
        raise ValidationError(_("Cette personne est déjà inscrite ou en attente."), code="already_registered")


def add_seats(workshop: Workshop, count: int) -> None:
    """Give the workshop more seats, numbered on from the lowest unused number."""
    used = set(workshop.seats.values_list("number", flat=True))
    numbers = [number for number in range(1, len(used) + count + 1) if number not in used]
    Seat.objects.bulk_create(Seat(workshop=workshop, number=number) for number in numbers[:count])


def remove_seats(workshop: Workshop, count: int) -> None:
    """Take free seats away, the last ones first. Raises ValidationError where people sit in too many of them."""
    free = free_seats(workshop).order_by("-number").values_list("pk", flat=True)[:count]
    if len(free) < count:
        taken = workshop.seats.filter(registration__isnull=False).count()
        raise ValidationError(
            ngettext(
                "%(count)s personne a une place : l’atelier ne peut pas en avoir moins.",
                "%(count)s personnes ont une place : l’atelier ne peut pas en avoir moins.",
                taken,
            )
            % {"count": taken},
            code="seats_taken",
        )
    Seat.objects.filter(pk__in=list(free)).delete()


def check_capacity(capacity: int) -> None:
    """Raise ValidationError where no room is that small or that large."""
    if not 1 <= capacity <= LARGEST:
        raise ValidationError(
            _("Un atelier a de 1 à %(largest)s places."), code="capacity", params={"largest": LARGEST}
        )
