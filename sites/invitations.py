"""A computer that was reserved as an event of somebody’s calendar: when and where."""

import datetime as dt

from django.conf import settings
from django.utils.translation import gettext as _

from mediation.kernel import formats
from mediation.kernel.ics.writing import CalendarEvent, uid_of
from sites.models import Reservation


def event_of(reservation: Reservation, *, changed_at: dt.datetime) -> CalendarEvent:
    """Return the event that a person puts into their calendar."""
    return CalendarEvent(
        uid=uid_of(reservation),
        starts_at=reservation.starts_at,
        ends_at=reservation.ends_at,
        summary=_("Ordinateur réservé, %(network)s") % {"network": settings.NETWORK_NAME},
        sequence=1,
        changed_at=changed_at,
        is_cancelled=reservation.is_released,
        location=reservation.workstation.site.full_address,
        description=_("Référence %(reference)s. Pour changer ou annuler : %(phone)s.")
        % {"reference": formats.reference(reservation.reference), "phone": settings.NETWORK_PHONE},
    )
