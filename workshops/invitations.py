"""A place in a workshop as an event of somebody’s calendar: when and where, not what about: calendars are shared."""

import datetime as dt
from dataclasses import replace
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.kernel import formats
from mediation.kernel.ics.writing import CalendarEvent, Method, uid_of, write_calendar
from workshops.enums import RegistrationStatus
from workshops.models import Registration

NOT_INVITED = (RegistrationStatus.WAITING, RegistrationStatus.OFFERED)


def event_of(registration: Registration, *, changed_at: dt.datetime, attendee: str = "") -> CalendarEvent:
    """Return the event that a person puts into their calendar; with ``attendee``, as an invitation to that address."""
    workshop = registration.workshop
    return CalendarEvent(
        uid=uid_of(registration),
        starts_at=workshop.starts_at,
        ends_at=workshop.ends_at,
        summary=_("Atelier, %(network)s") % {"network": settings.NETWORK_NAME},
        sequence=registration.version,
        changed_at=changed_at,
        is_cancelled=workshop.is_cancelled or registration.status == RegistrationStatus.CANCELLED,
        location=workshop.site.full_address,
        description=_("Référence %(reference)s. Pour changer ou annuler : %(phone)s.")
        % {"reference": formats.reference(registration.reference), "phone": settings.NETWORK_PHONE},
        organizer=parseaddr(settings.DEFAULT_FROM_EMAIL)[1] if attendee else "",
        organizer_name=settings.NETWORK_NAME,
        attendee=attendee,
    )


def invitation(registration: Registration, *, is_over: bool = False) -> str:
    """Return what goes with an e-mail to the person: come, or do not come.

    Nothing where they have no address, nor to those who only waited: they were never invited.
    """
    email = registration.beneficiary.email
    if not email or registration.status in NOT_INVITED:
        return ""
    event = event_of(registration, changed_at=timezone.now(), attendee=email)
    is_over = is_over or event.is_cancelled
    method = Method.CANCEL if is_over else Method.REQUEST
    return write_calendar([replace(event, is_cancelled=is_over)], method=method).decode()
