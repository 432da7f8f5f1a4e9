"""What a resident holds, as a file for calendars."""

import datetime as dt

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Alarm, Calendar, Event

from mediation.channels.web.holdings import Held
from mediation.kernel.formats import reference

THE_DAY_BEFORE = dt.timedelta(days=-1)


def calendar_of(held: Held) -> bytes:
    """Return it as iCalendar: when and where, never what for, since calendars are shared."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.NETWORK_NAME}//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(_event(held))
    return calendar.to_ical()


def _event(held: Held) -> Event:
    event = Event()
    event.add("uid", f"{held.row.uid}@{held.row._meta.model_name}")
    event.add("sequence", held.row.version)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", held.starts_at)
    event.add("dtend", held.ends_at)
    event.add("summary", _("Rendez-vous, %(network)s") % {"network": settings.NETWORK_NAME})
    event.add("location", f"{held.site.name}, {held.site.address}, {held.site.postcode} {held.site.commune_name}")
    event.add(
        "description",
        _("Référence %(reference)s. Pour changer ou annuler : %(phone)s.")
        % {"reference": reference(held.row.reference), "phone": settings.NETWORK_PHONE},
    )
    event.add("status", "CANCELLED" if held.is_cancelled else "CONFIRMED")
    event.add_component(_alarm())
    return event


def _alarm() -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", _("Rendez-vous demain"))
    alarm.add("trigger", THE_DAY_BEFORE)
    return alarm
