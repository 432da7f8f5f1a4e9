"""What became of each person of an appointment, and the report of what was done."""

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.services import link
from helpdesk.enums import AttendeeStatus
from helpdesk.models import Appointment, Attendee
from helpdesk.services.locks import lock_appointment
from helpdesk.services.missed import follow_no_show, forget_no_show
from mediation.accounts.actor import Actor
from mediation.activity.models import Activity
from mediation.activity.services import Person, log_individual


@transaction.atomic
def mark_arrived(*, attendee: Attendee, by: Actor) -> Attendee:
    """Note that the person is there and waits."""
    current = _current(attendee)
    if current.status != AttendeeStatus.UNKNOWN:
        raise ValidationError(_("L’arrivée de cette personne ne peut plus être notée."), code="decided")
    current.arrived_at = current.arrived_at or timezone.now()
    return _saved(current)


@transaction.atomic
def mark_seen(*, attendee: Attendee, by: Actor) -> Attendee:
    """Note that the person was received ("Reçu")."""
    current = _current(attendee)
    _refuse_before_the_day(current)
    current.status = AttendeeStatus.SEEN
    link(
        beneficiary=current.beneficiary,
        organisation=current.appointment.engagement.mediator.organisation,
        on=timezone.localdate(),
    )
    return _saved(current)


@transaction.atomic
def mark_no_show(*, attendee: Attendee, by: Actor) -> Attendee:
    """Note that the person did not come ("Pas venu"), and put them on the list of those to call."""
    current = _current(attendee)
    if current.appointment.engagement.starts_at > timezone.now():
        raise ValidationError(_("Le rendez-vous n’a pas encore commencé."), code="too_early")
    _refuse_reported(current)
    current.status, current.arrived_at = AttendeeStatus.NOSHOW, None
    _saved(current)
    follow_no_show(current, by=by)
    return current


@transaction.atomic
def undo_status(*, attendee: Attendee, by: Actor) -> Attendee:
    """Take back the last thing noted: received or not come, else arrived."""
    current = _current(attendee)
    _refuse_reported(current)
    if current.status == AttendeeStatus.UNKNOWN:
        current.arrived_at = None
    if current.status == AttendeeStatus.NOSHOW:
        forget_no_show(current)
    current.status, current.missed_because = AttendeeStatus.UNKNOWN, ""
    return _saved(current)


@transaction.atomic
def report(*, appointment: Appointment, by: Actor, **what: Any) -> Activity:
    """Log what was done at the appointment, once; everybody not said absent was received.

    ``what`` is what ``log_individual`` takes; the mediator, the day, the place and the people are known, and what
    the reason says (duration, themes) stands where nothing else is said.
    """
    current = lock_appointment(appointment)
    _refuse_reporting(current)
    for attendee in current.attendees.filter(status=AttendeeStatus.UNKNOWN).select_related("beneficiary"):
        mark_seen(attendee=attendee, by=by)
    seen = current.attendees.filter(status=AttendeeStatus.SEEN).select_related("beneficiary")
    if not seen:
        raise ValidationError(_("Personne n’est venu : il n’y a pas de compte rendu à faire."), code="nobody")
    known = {
        "mediator": current.engagement.mediator,
        "day": timezone.localdate(current.engagement.starts_at),
        "site": current.site,
        "duration_minutes": current.reason.duration_minutes,
        "themes": current.reason.themes,
        "people": [Person(beneficiary=attendee.beneficiary) for attendee in seen],
    }
    activity = log_individual(by=by, **{**known, **what})
    current.activity = activity
    current.save(update_fields=["activity"])
    return activity


def _current(attendee: Attendee) -> Attendee:
    """Return the person's row as it stands now, kept from change by others; refuse a cancelled appointment."""
    appointment = lock_appointment(attendee.appointment)
    if appointment.is_cancelled:
        raise ValidationError(_("Ce rendez-vous est annulé. Rétablissez-le d’abord."), code="cancelled")
    current = Attendee.objects.select_related("beneficiary").get(pk=attendee.pk)
    current.appointment = appointment
    return current


def _saved(attendee: Attendee) -> Attendee:
    attendee.save(update_fields=["status", "arrived_at", "missed_because"])
    return attendee


def _refuse_before_the_day(attendee: Attendee) -> None:
    # Somebody who is early is received early; somebody expected tomorrow was not received today.
    day: dt.date = timezone.localdate(attendee.appointment.engagement.starts_at)
    if day > timezone.localdate():
        raise ValidationError(_("Ce rendez-vous est pour un autre jour."), code="too_early")


def _refuse_reported(attendee: Attendee) -> None:
    if attendee.appointment.activity_id and attendee.status == AttendeeStatus.SEEN:
        raise ValidationError(
            _("Le compte rendu est déjà enregistré. Corrigez-le, ou supprimez-le d’abord."), code="reported"
        )


def _refuse_reporting(appointment: Appointment) -> None:
    if appointment.is_cancelled:
        raise ValidationError(_("Ce rendez-vous est annulé. Rétablissez-le d’abord."), code="cancelled")
    if appointment.activity_id:
        raise ValidationError(_("Le compte rendu de ce rendez-vous est déjà fait."), code="reported")
