"""What a resident holds: an appointment, a place in a workshop, a computer; shown and given back in the same way."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Mediator
from helpdesk.models import Appointment, EarlierOffer, EarlierWish
from helpdesk.selectors import open_offer, wish_of
from helpdesk.services import cancel as cancel_appointment
from helpdesk.services import find_by_reference as find_appointment
from mediation.accounts.actor import Actor
from mediation.kernel import formats
from sites.models import Reservation, Site
from sites.services import find_reservation, release
from workshops.enums import RegistrationStatus
from workshops.models import Registration
from workshops.selectors import ordinal
from workshops.services import cancel_registration
from workshops.services import find_by_reference as find_registration


@dataclass(frozen=True)
class Held:
    """One appointment, one registration or one computer, as its card says it.

    ``name`` is what the cookie holds; ``waits`` says, in words, that no seat is certain yet. ``wish`` says that an
    appointment could be earlier, ``offer`` is the time that is kept for it now.
    """

    row: Appointment | Registration | Reservation
    title: str
    starts_at: dt.datetime
    ends_at: dt.datetime
    mediator: Mediator | None
    site: Site
    what_to_bring: str
    is_cancelled: bool
    waits: str = ""
    wish: EarlierWish | None = None
    offer: EarlierOffer | None = None

    @property
    def may_be_earlier(self) -> bool:
        """Whether one may ask for an earlier time."""
        return self.is_appointment and not self.is_cancelled and self.starts_at > timezone.now()

    @property
    def is_appointment(self) -> bool:
        """Whether somebody receives the person, and alone."""
        return isinstance(self.row, Appointment)

    @property
    def is_computer(self) -> bool:
        """Whether it is a public computer."""
        return isinstance(self.row, Reservation)

    @property
    def is_workshop(self) -> bool:
        """Whether it is a place in a workshop."""
        return isinstance(self.row, Registration)

    @property
    def is_seat_kept(self) -> bool:
        """Whether a seat in a workshop is kept until the person says that they take it."""
        return (
            isinstance(self.row, Registration)
            and not self.is_cancelled
            and self.row.status == RegistrationStatus.OFFERED
        )

    @property
    def name(self) -> str:
        """What the cookie holds of it."""
        return name_of(self.row)


def name_of(row: Appointment | Registration) -> str:
    """Return what a cookie, or a call, holds of a row."""
    return f"{row._meta.model_name}.{row.uid.hex}"


def held_appointment(appointment: Appointment) -> Held:
    """Return an appointment as its card says it."""
    wish = None if appointment.is_cancelled else wish_of(appointment)
    return Held(
        row=appointment,
        title=appointment.reason.label,
        starts_at=appointment.starts_at,
        ends_at=appointment.ends_at,
        mediator=appointment.mediator,
        site=appointment.site,
        what_to_bring=appointment.reason.what_to_bring,
        is_cancelled=appointment.is_cancelled,
        wish=wish,
        offer=open_offer(wish) if wish else None,
    )


def held_registration(registration: Registration) -> Held:
    """Return a registration as its card says it."""
    workshop = registration.workshop
    return Held(
        row=registration,
        title=workshop.title,
        starts_at=workshop.starts_at,
        ends_at=workshop.ends_at,
        mediator=workshop.mediator,
        site=workshop.site,
        what_to_bring=workshop.what_to_bring,
        is_cancelled=workshop.is_cancelled or registration.status == RegistrationStatus.CANCELLED,
        waits=_waiting_words(registration),
    )


def held_reservation(reservation: Reservation) -> Held:
    """Return a computer as its card says it: its number is told on the spot, since it may change until then."""
    return Held(
        row=reservation,
        title=_("Un ordinateur"),
        starts_at=reservation.starts_at,
        ends_at=reservation.ends_at,
        mediator=None,
        site=reservation.workstation.site,
        what_to_bring="",
        is_cancelled=reservation.is_released,
    )


def held_by_name(name: str) -> Held | None:
    """Return what a cookie names, where it still exists."""
    kind, _dot, uid = name.partition(".")
    if kind == Appointment._meta.model_name:
        appointment = Appointment.objects.for_pages().filter(uid=UUID(uid)).first()
        return held_appointment(appointment) if appointment else None
    if kind == Registration._meta.model_name:
        rows = Registration.objects.select_related("workshop__site", "workshop__engagement__mediator__organisation")
        registration = rows.filter(uid=UUID(uid)).first()
        return held_registration(registration) if registration else None
    if kind == Reservation._meta.model_name:
        reservation = Reservation.objects.for_pages().filter(uid=UUID(uid)).first()
        return held_reservation(reservation) if reservation else None
    return None


def find_held(reference: str, secret: str) -> Held | None:
    """Return what a reference names, for whoever knows its code, or the number or its end."""
    if appointment := find_appointment(reference, secret):
        return held_appointment(appointment)
    if registration := find_registration(reference, secret):
        return held_registration(registration)
    if reservation := find_reservation(reference, secret):
        return held_reservation(reservation)
    return None


def give_back(held: Held, *, by: Actor) -> None:
    """Cancel it at the person's own wish. Raises ValidationError where it is too late."""
    if isinstance(held.row, Appointment):
        cancel_appointment(appointment=held.row, by=by, asked_by_person=True)
    elif isinstance(held.row, Reservation):
        release(reservation=held.row, by=by)
    else:
        cancel_registration(registration=held.row, by=by)


def _waiting_words(registration: Registration) -> str:
    if registration.status == RegistrationStatus.WAITING:
        waiting = list(registration.workshop.registrations.waiting().values_list("pk", flat=True))
        rank = ordinal(waiting.index(registration.pk) + 1)
        return _("Vous êtes %(rank)s sur la liste d’attente. Nous vous préviendrons.") % {"rank": rank}
    if registration.status == RegistrationStatus.OFFERED:
        until = formats.moment(registration.offered_until)
        return _("Une place est gardée pour vous jusqu’au %(until)s.") % {"until": until}
    return ""
