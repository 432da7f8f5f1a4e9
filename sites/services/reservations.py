"""Give out public computers: now or for later, by whichever door."""

import datetime as dt
import hmac
from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.kernel.once import key_of
from mediation.kernel.references import free_reference
from sites.models import Reservation, Site
from sites.services import locks
from sites.sessions import Session, offer_at

LONGER_BY = dt.timedelta(minutes=15)
NAMES_KEPT = dt.timedelta(days=2)
CODE_LENGTH = 4


class NoComputer(ValidationError):
    """Somebody else was quicker, or the place closes."""

    def __init__(self) -> None:
        super().__init__(_("Aucun poste n’est libre à ce moment. Choisissez un autre horaire."), code="no_computer")


class TooEarly(ValidationError):
    """Somebody comes on an earlier day than theirs."""

    def __init__(self) -> None:
        super().__init__(_("Cette réservation est pour un autre jour."), code="too_early")


@transaction.atomic
def take_now(
    *, site: Site, by: Actor, wanted: Iterable[str] = (), first_name: str = "", request_key: UUID | None = None
) -> Reservation:
    """Give somebody who is there a computer at once. The same form sent twice takes one. Raises NoComputer."""
    locks.hold_computers(site)
    key = key_of(request_key, site.uid, "now", first_name)
    if known := _same(key):
        return known
    now = timezone.now()
    _give_back_missed(site, now)
    session = offer_at(site, now, wanted, for_self_service=by.is_self_service).now
    return _write(session, by=by, first_name=first_name, request_key=key, arrived_at=now)


@transaction.atomic
def reserve(
    *,
    site: Site,
    starts_at: dt.datetime,
    by: Actor,
    wanted: Iterable[str] = (),
    first_name: str = "",
    request_key: UUID | None = None,
) -> Reservation:
    """Keep a computer for later, at one of the times that are offered, once for the same form. Raises NoComputer."""
    locks.hold_computers(site)
    key = key_of(request_key, site.uid, starts_at.timestamp(), first_name)
    if known := _same(key):
        return known
    now = timezone.now()
    _give_back_missed(site, now)
    offered = offer_at(site, now, wanted, for_self_service=by.is_self_service).later
    session = next((one for one in offered if one.starts_at == starts_at), None)
    return _write(session, by=by, first_name=first_name, request_key=key)


@transaction.atomic
def release(*, reservation: Reservation, by: Actor) -> None:
    """Give the computer back, before the session or in the middle of it; giving it back twice is giving it back once.

    Raises ValidationError once the session is over.
    """
    now = timezone.now()
    if reservation.ends_at <= now:
        raise ValidationError(_("Cette séance est terminée."), code="over")
    Reservation.objects.filter(pk=reservation.pk, released_at=None).update(released_at=now)
    reservation.refresh_from_db(fields=["released_at"])


@transaction.atomic
def arrive(*, reservation: Reservation, by: Actor) -> None:
    """Note that the person is there: nobody else gets the computer.

    Raises ValidationError where it is too late, TooEarly on the days before: they may not be there then.
    """
    now = timezone.now()
    standing = Reservation.objects.filter(pk=reservation.pk, released_at=None, ends_at__gt=now)
    if standing.exists() and not reservation.is_on(timezone.localdate(now)):
        raise TooEarly
    # Whoever says it twice came when they said it first.
    if not standing.update(arrived_at=Coalesce("arrived_at", now)):
        raise ValidationError(_("Ce poste n’est plus réservé. Prenez-en un maintenant."), code="too_late")
    reservation.refresh_from_db(fields=["arrived_at"])


@transaction.atomic
def prolong(*, reservation: Reservation, by: Actor) -> dt.datetime:
    """Let somebody stay a quarter of an hour longer; return until when. Raises ValidationError where others wait."""
    locks.hold_computers(reservation.workstation.site)
    now = timezone.now()
    _give_back_missed(reservation.workstation.site, now)
    row = Reservation.objects.get(pk=reservation.pk)
    ends_at = row.ends_at + LONGER_BY
    others = Reservation.objects.filter(workstation=row.workstation_id, released_at=None).exclude(pk=row.pk)
    if others.filter(starts_at__lt=ends_at, ends_at__gt=row.ends_at).exists():
        raise ValidationError(_("Quelqu’un d’autre a réservé ce poste juste après."), code="taken")
    if row.is_released or row.ends_at <= now:
        raise ValidationError(_("Cette séance est terminée."), code="over")
    row.ends_at = ends_at
    row.save(update_fields=["ends_at"])
    reservation.ends_at = ends_at
    return ends_at


def find_reservation(reference: str, code: str) -> Reservation | None:
    """Return the reservation of ``reference`` for whoever knows its code.

    Spaces are ignored. The caller limits the attempts: four digits are few.
    """
    digits, typed = ("".join(c for c in text if c in "0123456789") for text in (reference, code))
    found = Reservation.objects.for_pages().filter(reference=digits).first()
    # Compared even where there is nothing, so that both answers take as long.
    known = hmac.compare_digest(typed, found.code if found else "-" * CODE_LENGTH)
    return found if known else None


def give_back_missed() -> int:
    """Give back the computers of those who have not come; return how many."""
    now = timezone.now()
    return Reservation.objects.not_come(now).update(released_at=now)


def forget_names() -> int:
    """Empty the first names of sessions that are over; return how many."""
    over = Reservation.objects.filter(ends_at__lt=timezone.now() - NAMES_KEPT).exclude(first_name="")
    return over.update(first_name="")


def _give_back_missed(site: Site, now: dt.datetime) -> None:
    Reservation.objects.not_come(now).filter(workstation__site=site).update(released_at=now)


def _same(key: UUID | None) -> Reservation | None:
    return Reservation.objects.for_pages().filter(request_key=key).first() if key else None


def _write(session: Session | None, *, by: Actor, **fields: object) -> Reservation:
    if session is None:
        raise NoComputer
    reservation = Reservation(
        workstation=session.workstation,
        starts_at=session.starts_at,
        ends_at=session.ends_at,
        booked_by=by.user,
        booked_through=by.door,
        reference=free_reference(Reservation.objects.all()),
        **fields,
    )
    reservation.clean_fields(exclude=["workstation", "booked_by"])
    reservation.save()
    return reservation
