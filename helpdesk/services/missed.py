"""Who did not come: heard, helped to come next time, never punished."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Channel
from helpdesk.enums import AttendeeStatus, Cause, MissedBecause
from helpdesk.models import Appointment, Attendee, HelpRequest
from helpdesk.services.requests import ask_for_help
from mediation.accounts.actor import Actor

# Noted later than this, a call would only puzzle the person.
FRESH_FOR = dt.timedelta(days=14)


def follow_no_show(attendee: Attendee, *, by: Actor) -> HelpRequest | None:
    """Put whoever did not come on the list of those who expected them, to hear why and to propose another time.

    Wherever the organisation reports its activity: the appointment was made here, and a call is no report. Nobody is
    put on the list who cannot be called or wants no contact, who has another appointment there already, or whose
    appointment is long past.
    """
    appointment = attendee.appointment
    organisation = appointment.mediator.organisation
    if not _is_worth_a_call(attendee):
        return None
    return ask_for_help(
        beneficiary=attendee.beneficiary,
        organisation=organisation,
        cause=Cause.NO_SHOW,
        by=by,
        reason=appointment.reason,
        appointment=appointment,
        asked_for=None if appointment.booked_for_id == organisation.pk else appointment.booked_for,
    )


def forget_no_show(attendee: Attendee) -> None:
    """Take whoever came after all from the list, where nobody has called yet; calls that were made are history."""
    mine = HelpRequest.objects.about(attendee.appointment, Cause.NO_SHOW).filter(beneficiary=attendee.beneficiary_id)
    mine.filter(closed_at__isnull=True, calls__isnull=True).delete()


@transaction.atomic
def note_why_missed(*, attendee: Attendee, because: MissedBecause | str, by: Actor) -> Attendee:
    """Note why somebody did not come, as they say it; "" where it is taken back."""
    current = Attendee.objects.select_for_update().get(pk=attendee.pk)
    if current.status != AttendeeStatus.NOSHOW:
        raise ValidationError(_("Cette personne n’est pas notée absente."), code="not_missed")
    current.missed_because = because
    current.clean_fields(exclude={"appointment", "beneficiary"})
    current.save(update_fields=["missed_because"])
    return current


def _is_worth_a_call(attendee: Attendee) -> bool:
    person, appointment = attendee.beneficiary, attendee.appointment
    can_be_called = bool(person.phone) and person.preferred_channel != Channel.NONE
    is_fresh = appointment.starts_at > timezone.now() - FRESH_FOR
    others = Appointment.objects.upcoming().exclude(pk=appointment.pk)
    comes_again = others.filter(
        attendees__beneficiary=person, engagement__mediator__organisation=appointment.mediator.organisation
    )
    return can_be_called and is_fresh and not comes_again.exists()
