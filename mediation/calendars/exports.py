"""The agenda as calendars read it."""

import datetime as dt

from django.utils.translation import gettext as _

from mediation.calendars.models import Feed
from mediation.kernel.ics.writing import CalendarEvent, write_calendar

REFRESH = dt.timedelta(hours=1)


def calendar_of(feed: Feed, events: list[CalendarEvent]) -> bytes:
    """Return the calendar: the same bytes as long as nothing changed."""
    return write_calendar(events, name=_("%(who)s · rendez-vous et ateliers") % {"who": feed}, refresh=REFRESH)
