"""What people reply to a message about their appointment: done for all of that number, through the usual services.

The question is read again once the appointment is locked: somebody may have moved it while the reply was on its way,
and then it speaks of a time that is over.
"""

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Mediator
from helpdesk.models import Appointment, Attendee
from helpdesk.selectors import Slot
from helpdesk.selectors.slots import slot_from_token
from helpdesk.services import messages
from helpdesk.services.booking import SlotTaken, book, move
from helpdesk.services.cancelling import cancel, reinstate
from helpdesk.services.locks import lock_appointment, lock_mediators
from helpdesk.services.people import remove_person
from helpdesk.services.refusals import refuse_cancelling
from helpdesk.services.steps import expected
from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.messaging import services as messaging
from mediation.messaging.models import Message
from mediation.messaging.schedule import ANSWERED_FROM, ANSWERED_UNTIL, LAST_CALL, ONE_DAY, at_local, is_polite_day

# Whoever cancelled by mistake has at least this long to say so, or nothing is kept.
LEAST_KEPT = dt.timedelta(minutes=30)
SURELY_TODAY = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Asked:
    """The question of a message, and the number that replies."""

    appointment: Appointment
    message: Message
    by: Actor

    @property
    def number(self) -> str:
        """The telephone that replies: the message may have come to it by its second way."""
        person = self.message.beneficiary
        is_number = self.message.recipient.startswith("+")
        return self.message.recipient if is_number or person is None else person.phone


@transaction.atomic
def confirm(asked: Asked) -> str:
    """Note that all of that number say they are coming, and tell them so, once."""
    current = _still_asked(asked)
    refuse_cancelling(current)
    mine = _of_number(asked, expected(current))
    for attendee in mine:
        attendee.confirmed_at = attendee.confirmed_at or timezone.now()
        attendee.save(update_fields=["confirmed_at"])
    messages.say_confirmed(current, to=asked.number, beneficiary=mine[0].beneficiary)
    return _("A confirmé : %(when)s.") % {"when": formats.moment(current.starts_at)}


@transaction.atomic
def withdraw(asked: Asked) -> str:
    """Cancel for all of that number; where nobody else comes, the time is kept for a while in case of a mistake."""
    current = _still_asked(asked)
    everybody = expected(current)
    mine = _of_number(asked, everybody)
    when = {"when": formats.moment(current.starts_at)}
    if len(mine) == len(everybody):
        until = _mistake_until(timezone.now(), current.starts_at)
        cancel(appointment=current, by=asked.by, asked_by_person=True, hold_until=until)
        return _("A annulé : %(when)s.") % when
    for attendee in mine:
        remove_person(attendee=attendee, by=asked.by)
    return _("Ne viendra pas, les autres personnes viennent : %(when)s.") % when


@transaction.atomic
def take_back(asked: Asked) -> str:
    """Reinstate what was cancelled by mistake; where the time was given to somebody else, propose two others."""
    current = _still_asked(asked)
    try:
        reinstate(appointment=current, by=asked.by)
    except SlotTaken as taken:
        return _propose(asked, taken.next_slots)
    return _("A rétabli le rendez-vous : %(when)s.") % {"when": formats.moment(current.starts_at)}


@transaction.atomic
def choose(asked: Asked, index: int) -> str:
    """Give the time that was chosen to an appointment that stands, or to those of one that was cancelled."""
    slot = slot_from_token(asked.message.options[index])
    current = _still_asked(asked, slot.mediator)
    people = [one.beneficiary for one in _of_number(asked, list(current.attendees.select_related("beneficiary")))]
    try:
        if current.is_cancelled:
            book(slot=slot, people=people, by=asked.by)
        else:
            move(appointment=current, slot=slot, by=asked.by)
    except SlotTaken as taken:
        return _propose(asked, taken.next_slots)
    messaging.void(occasion=messages.times_occasion(current))
    return _("A choisi un autre horaire : %(when)s.") % {"when": formats.moment(slot.starts_at)}


def _propose(asked: Asked, slots: list[Slot]) -> str:
    """Ask back with the next two times, where there are two. Raises ValidationError where somebody must look."""
    person = asked.message.beneficiary or _of_number(asked, list(asked.appointment.attendees.all()))[0].beneficiary
    if not slots or not messages.propose_times(asked.appointment, slots, to=asked.number, beneficiary=person):
        raise ValidationError(_("L’horaire est pris, et il n’y en a pas deux autres à proposer."), code="slot_taken")
    return _("L’horaire était pris : deux autres sont proposés.")


def _still_asked(asked: Asked, *mediators: Mediator) -> Appointment:
    """Return the appointment, locked with its mediator's time; refuse where the question has closed meanwhile.

    ``mediators`` are those whose time will be wanted as well: all are locked in one order.
    """
    lock_mediators(asked.appointment.engagement.mediator, *mediators)
    current = lock_appointment(asked.appointment)
    if not Message.objects.unanswered().filter(pk=asked.message.pk).exists():
        raise ValidationError(_("Le rendez-vous a changé pendant que cette réponse arrivait."), code="closed")
    return current


def _of_number(asked: Asked, attendees: list[Attendee]) -> list[Attendee]:
    """Return those whom the reply is about. Raises ValidationError where nobody of that number is expected."""
    written_to = asked.message.beneficiary_id
    mine = [one for one in attendees if one.beneficiary.phone == asked.number or one.beneficiary_id == written_to]
    if not mine:
        raise ValidationError(_("Plus personne de ce numéro n’est attendu à ce rendez-vous."), code="nobody")
    return mine


def _mistake_until(now: dt.datetime, starts_at: dt.datetime) -> dt.datetime | None:
    """Return until when a time is kept for whoever cancelled: 18 h today, or the next morning; None where too near."""
    day = timezone.localdate(now)
    until = at_local(day, ANSWERED_UNTIL)
    if until - now < SURELY_TODAY:
        day += ONE_DAY
        while not is_polite_day(day):
            day += ONE_DAY
        until = at_local(day, ANSWERED_FROM)
    until = min(until, starts_at - LAST_CALL)
    return until if until - now >= LEAST_KEPT else None
