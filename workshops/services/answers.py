"""What people reply to a message about a workshop, done through the usual services.

The question is read again once the workshop is locked: it may have moved while the reply was on its way.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.messaging.models import Message
from workshops.enums import RegistrationStatus
from workshops.models import Registration
from workshops.services import messages
from workshops.services.locks import lock_workshop
from workshops.services.offers import accept_offer
from workshops.services.registrations import cancel_registration, register


@dataclass(frozen=True)
class Asked:
    """The question of a message about a registration, and who replies."""

    registration: Registration
    message: Message
    by: Actor

    @property
    def number(self) -> str:
        """The telephone that replies: the message may have come to it by its second way."""
        is_number = self.message.recipient.startswith("+")
        return self.message.recipient if is_number else self.registration.beneficiary.phone


@transaction.atomic
def confirm(asked: Asked) -> str:
    """Note that the person says they are coming; whoever waits is told that they still do."""
    current = _still_asked(asked)
    if current.workshop.is_cancelled or current.status == RegistrationStatus.CANCELLED:
        raise ValidationError(_("Cette inscription est annulée."), code="already_cancelled")
    if current.status == RegistrationStatus.WAITING:
        messages.say_waiting(current)
        return _("Reste sur la liste d’attente.")
    current.confirmed_at = current.confirmed_at or timezone.now()
    current.save(update_fields=["confirmed_at"])
    messages.say_confirmed(current, to=asked.number)
    return _("A confirmé l’atelier : %(when)s.") % {"when": _when(current)}


@transaction.atomic
def withdraw(asked: Asked) -> str:
    """Take the person out of the workshop; their seat goes to the next who waits."""
    current = _still_asked(asked)
    cancel_registration(registration=current, by=asked.by)
    return _("A quitté l’atelier : %(when)s.") % {"when": _when(current)}


@transaction.atomic
def take_seat(asked: Asked) -> str:
    """Give the person the seat that is kept for them."""
    current = _still_asked(asked)
    accept_offer(registration=current, by=asked.by)
    return _("A pris la place à l’atelier : %(when)s.") % {"when": _when(current)}


@transaction.atomic
def come_back(asked: Asked) -> str:
    """Register again whoever left by mistake, or have them wait where the seat is gone."""
    current = _still_asked(asked)
    register(workshop=current.workshop, beneficiary=current.beneficiary, by=asked.by)
    return _("S’est réinscrit à l’atelier : %(when)s.") % {"when": _when(current)}


def _still_asked(asked: Asked) -> Registration:
    """Return the registration as it stands, its workshop locked; refuse where the question has closed meanwhile."""
    workshop = lock_workshop(asked.registration.workshop)
    if not Message.objects.unanswered().filter(pk=asked.message.pk).exists():
        raise ValidationError(_("L’atelier a changé pendant que cette réponse arrivait."), code="closed")
    current = Registration.objects.select_related("beneficiary").get(pk=asked.registration.pk)
    current.workshop = workshop
    return current


def _when(registration: Registration) -> str:
    return formats.moment(registration.workshop.starts_at)
