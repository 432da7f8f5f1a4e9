"""The people of an appointment: a couple, a mother and her son; added or taken out afterwards."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from helpdesk.services import messages
from helpdesk.services.locks import lock_appointment, lock_mediators
from helpdesk.services.refusals import refuse_cancelling, refuse_overlap
from helpdesk.services.requests import close_answered
from helpdesk.services.steps import link_people, raise_version, slot_of
from mediation.accounts.actor import Actor


@transaction.atomic
def add_person(*, appointment: Appointment, beneficiary: Beneficiary, by: Actor) -> Attendee:
    """Expect one person more; they are told as if they had booked, and the others nothing."""
    lock_mediators(appointment.engagement.mediator)
    current = lock_appointment(appointment, beneficiary)
    refuse_cancelling(current)
    if current.attendees.filter(beneficiary=beneficiary).exists():
        raise ValidationError(_("Cette personne est déjà dans le rendez-vous."), code="twice")
    refuse_overlap([beneficiary], slot_of(current), by, besides=current)
    attendee = Attendee.objects.create(appointment=current, beneficiary=beneficiary)
    raise_version(current)
    messages.keep_planned(current)
    link_people(current, [attendee])
    close_answered(appointment=current, people=[beneficiary], by=by)
    if current.engagement.starts_at > timezone.now():
        messages.welcome(current, [attendee])
    return attendee


@transaction.atomic
def remove_person(*, attendee: Attendee, by: Actor) -> None:
    """Expect one person less, and tell them; the last one cancels the appointment instead."""
    lock_mediators(attendee.appointment.engagement.mediator)
    current = lock_appointment(attendee.appointment)
    refuse_cancelling(current)
    others = list(current.attendees.exclude(pk=attendee.pk).select_related("beneficiary"))
    if not others:
        raise ValidationError(_("C’est la seule personne : annulez plutôt le rendez-vous."), code="last")
    leaving = current.attendees.select_related("beneficiary").filter(pk=attendee.pk).first()
    if leaving is None:
        return
    if leaving.status != AttendeeStatus.UNKNOWN or leaving.arrived_at:
        raise ValidationError(_("Cette personne est venue : elle reste dans le rendez-vous."), code="decided")
    leaving.delete()
    raise_version(current)
    messages.keep_planned(current)
    if current.engagement.starts_at > timezone.now():
        messages.say_removed(current, leaving, others)
