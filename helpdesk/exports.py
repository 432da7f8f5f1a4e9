"""The appointment as a file for somebody's own calendar."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from helpdesk.models import Appointment
from mediation.kernel import formats


def calendar_of(appointment: Appointment) -> bytes:
    """Return the appointment as iCalendar: when and where, never what for or with whom, since calendars are shared.

    The same UID and a rising SEQUENCE make a moved or cancelled appointment replace itself.
    """
    site = appointment.site
    event = Event()
    event.add("uid", f"{appointment.uid}@rendez-vous")
    event.add("sequence", appointment.version)
    event.add("dtstamp", timezone.now())
    event.add("dtstart", appointment.starts_at.astimezone(dt.UTC))
    event.add("dtend", appointment.ends_at.astimezone(dt.UTC))
    event.add("summary", _("Rendez-vous d’aide numérique"))
    event.add("location", f"{site.name}, {site.address}, {site.postcode} {site.commune_name}")
    event.add("description", _("Référence : %(ref)s") % {"ref": formats.reference(appointment.reference)})
    event.add("status", "CANCELLED" if appointment.is_cancelled else "CONFIRMED")
    calendar = Calendar()
    calendar.add("prodid", "-//mediation-numerique//rendez-vous//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.is_cancelled else "PUBLISH")
    calendar.add_component(event)
    return calendar.to_ical()
