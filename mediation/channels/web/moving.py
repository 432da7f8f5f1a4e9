"""« Changer l’horaire » : whether the person may do it alone, and the change itself."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.enums import Mode
from helpdesk.models import Appointment, Reason
from helpdesk.selectors import Slot
from helpdesk.services import move
from mediation.accounts.actor import Actor


def why_not_moved(appointment: Appointment) -> str:
    """Return, in words, why the person cannot change the time alone; "" where they can.

    What may be booked here may be moved here: the same reasons, and as long before.
    """
    now = timezone.now()
    if appointment.starts_at <= now:
        return _("Ce rendez-vous est passé : son horaire ne change plus. Pour en prendre un autre, appelez-nous.")
    reason = appointment.reason
    if appointment.mode == Mode.HOME or not Reason.objects.self_service().filter(pk=reason.pk).exists():
        return _("L’horaire de ce rendez-vous se change au téléphone : appelez-nous, nous chercherons avec vous.")
    if appointment.starts_at < now + dt.timedelta(hours=reason.notice_hours):
        return _("Ce rendez-vous est trop proche pour changer d’horaire ici : appelez-nous, nous chercherons ensemble.")
    return ""


def is_at(appointment: Appointment, slot: Slot) -> bool:
    """Say whether the appointment is at this time already: sent twice, or the browser's back button."""
    return (appointment.starts_at, appointment.mediator, appointment.site) == (slot.starts_at, slot.mediator, slot.site)


def move_alone(appointment: Appointment, slot: Slot, *, by: Actor) -> Appointment:
    """Keep the same appointment at another time. Raises what ``move`` raises, and ValidationError where it may not."""
    if problem := why_not_moved(appointment):
        raise ValidationError(problem, code="not_moved")
    if slot.reason != appointment.reason:
        raise ValidationError(_("Choisissez un horaire dans la liste."), code="other_reason")
    return move(appointment=appointment, slot=slot, by=by)
