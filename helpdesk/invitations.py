"""An appointment as an event of a calendar: when and where, never what for or with whom, since calendars are shared."""

import datetime as dt
from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary
from helpdesk.enums import Mode
from helpdesk.models import Appointment
from mediation.kernel import formats
from mediation.kernel.ics.writing import CalendarEvent, Method, uid_of, write_calendar


def event_of(appointment: Appointment, *, changed_at: dt.datetime, attendee: str = "") -> CalendarEvent:
    """Return the event that a person puts into their calendar; with ``attendee``, as an invitation to that address.

    The same UID and a rising SEQUENCE make a moved or cancelled appointment replace itself.
    """
    return CalendarEvent(
        uid=uid_of(appointment),
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        summary=_("Rendez-vous, %(network)s") % {"network": settings.NETWORK_NAME},
        sequence=appointment.version,
        changed_at=changed_at,
        is_cancelled=appointment.is_cancelled,
        location=where(appointment),
        description=_(
            "Référence %(reference)s. Pour changer l’horaire ou annuler : %(phone)s, "
            "ou « J’ai déjà un rendez-vous » sur notre site."
        )
        % {"reference": formats.reference(appointment.reference), "phone": settings.NETWORK_PHONE},
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if attendee else "",
        organizer_name=settings.NETWORK_NAME,
        attendee=attendee,
    )


def where(appointment: Appointment) -> str:
    """Return the address, or how one meets where nobody goes to the place."""
    return appointment.site.full_address if appointment.mode == Mode.SITE else appointment.get_mode_display()


def invitation(appointment: Appointment, person: Beneficiary, *, is_over: bool = False) -> str:
    """Return what goes with an e-mail to ``person``: come, or (cancelled, or ``is_over`` for them) do not come.

    Nothing where they have no address.
    """
    if not person.email:
        return ""
    is_over = is_over or appointment.is_cancelled
    event = event_of(appointment, changed_at=timezone.now(), attendee=person.email)
    method = Method.CANCEL if is_over else Method.REQUEST
    return write_calendar([replace(event, is_cancelled=is_over)], method=method).decode()
