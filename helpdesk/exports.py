"""The appointment as a file for somebody's own calendar."""

from django.utils import timezone

from helpdesk.invitations import event_of
from helpdesk.models import Appointment
from mediation.kernel.ics.writing import Method, write_calendar


def calendar_of(appointment: Appointment) -> bytes:
    """Return the appointment as iCalendar: when and where, never what for or with whom, since calendars are shared."""
    method = Method.CANCEL if appointment.is_cancelled else Method.PUBLISH
    return write_calendar([event_of(appointment, changed_at=timezone.now())], method=method)
