"""What a resident holds, as a file for calendars."""

import datetime as dt
from dataclasses import replace

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk import invitations as appointments
from helpdesk.models import Appointment
from mediation.channels.web.holdings import Held
from mediation.kernel.ics.writing import CalendarEvent, write_calendar
from sites import invitations as computers
from sites.models import Reservation
from workshops import invitations as workshops

THE_DAY_BEFORE = dt.timedelta(days=1)


def calendar_of(held: Held) -> bytes:
    """Return it as iCalendar: when and where, never what for, since calendars are shared."""
    return write_calendar([replace(_event(held), alarm_before=THE_DAY_BEFORE, alarm_text=_("C’est demain"))])


def _event(held: Held) -> CalendarEvent:
    now = timezone.now()
    if isinstance(held.row, Appointment):
        return appointments.event_of(held.row, changed_at=now)
    if isinstance(held.row, Reservation):
        return computers.event_of(held.row, changed_at=now)
    return workshops.event_of(held.row, changed_at=now)
