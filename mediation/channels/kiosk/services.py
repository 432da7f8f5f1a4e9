"""Pair kiosks with their place, take them out of service, answer who calls from one."""

import datetime as dt
import hashlib
import secrets
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Organisation
from helpdesk.enums import AttendeeStatus, Cause
from helpdesk.models import HelpRequest, Ticket
from helpdesk.services import find_by_reference as find_appointment
from helpdesk.services import mark_arrived
from helpdesk.services.messages import text_number
from mediation.accounts.actor import Actor
from mediation.channels.call_back import have_called
from mediation.channels.enums import CallReason
from mediation.channels.models import CallForHelp, KioskDevice
from mediation.kernel.references import new_reference
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record
from sites.models import Site
from sites.services import arrive, find_reservation
from workshops.enums import HOLDS_A_SEAT
from workshops.services import find_by_reference as find_registration

CODE_LASTS = dt.timedelta(minutes=30)
SEEN_EVERY = dt.timedelta(minutes=5)


@transaction.atomic
def add_device(*, site: Site, name: str, by: Actor) -> tuple[KioskDevice, str]:
    """Add a kiosk to a place; return it with the code to type on it, which is shown once."""
    device = KioskDevice(site=site, name=name, token_hash=_nobody_knows())
    device.full_clean()
    device.save()
    record(action=JournalEntry.Action.CREATE, subject=device, by=by)
    return device, issue_code(device=device, by=by)


@transaction.atomic
def issue_code(*, device: KioskDevice, by: Actor) -> str:
    """Give a new code to a kiosk; the one that it may replace works until the new one is paired."""
    if device.revoked_at:
        raise ValidationError(_("Cette borne est retirée du service."), code="revoked")
    code = new_reference()
    device.code_hash, device.code_until = _hash(code), timezone.now() + CODE_LASTS
    device.save(update_fields=["code_hash", "code_until"])
    record(action=JournalEntry.Action.CHANGE, subject=device, by=by)
    return code


@transaction.atomic
def pair(*, code: str) -> str:
    """Return the token for the kiosk on which the code was typed. Raises ValidationError where no code is waiting."""
    digits = "".join(character for character in code if character in "0123456789")
    waiting = KioskDevice.objects.active().filter(code_hash=_hash(digits), code_until__gt=timezone.now())
    device = waiting.select_for_update().first()
    if device is None:
        raise ValidationError(
            _("Ce code ne marche pas, ou plus. Demandez-en un autre à l’administration."), code="unknown_code"
        )
    token = secrets.token_urlsafe(32)
    device.token_hash, device.code_hash, device.code_until = _hash(token), "", None
    device.paired_at = device.last_seen_at = timezone.now()
    device.save(update_fields=["token_hash", "code_hash", "code_until", "paired_at", "last_seen_at"])
    return token


@transaction.atomic
def rename_device(*, device: KioskDevice, name: str, by: Actor) -> None:
    """Call a kiosk by another name."""
    device.name = name
    device.full_clean()
    device.save(update_fields=["name"])
    record(action=JournalEntry.Action.CHANGE, subject=device, by=by)


@transaction.atomic
def revoke_device(*, device: KioskDevice, by: Actor) -> None:
    """Take a kiosk out of service, at once: its token opens nothing any more."""
    device.revoked_at = timezone.now()
    device.token_hash, device.code_hash, device.code_until = _nobody_knows(), "", None
    device.save(update_fields=["revoked_at", "token_hash", "code_hash", "code_until"])
    record(action=JournalEntry.Action.CHANGE, subject=device, by=by)


def device_of_token(token: str) -> KioskDevice | None:
    """Return the kiosk in service whose token this is, and note now and then that it was seen."""
    device = KioskDevice.objects.active().select_related("site").filter(token_hash=_hash(token)).first()
    if device is None:
        return None
    now = timezone.now()
    if device.last_seen_at is None or now - device.last_seen_at > SEEN_EVERY:
        KioskDevice.objects.filter(pk=device.pk).update(last_seen_at=now)
    return device


def call_for_help(
    *, device: KioskDevice, reason: CallReason = CallReason.HELP, expected_at: dt.datetime | None = None
) -> CallForHelp:
    """Tell the desk that somebody waits at the kiosk; calling twice is calling once."""
    call = {"device": device, "reason": reason, "expected_at": expected_at}
    return CallForHelp.objects.open().filter(**call).first() or CallForHelp.objects.create(**call)


def answer_call(*, call: CallForHelp, by: Actor) -> None:
    """Note that somebody goes to the kiosk."""
    call.answered_at = timezone.now()
    call.save(update_fields=["answered_at"])


@transaction.atomic
def tell_arrival(*, device: KioskDevice, reference: str, secret: str, by: Actor) -> None:
    """Tell whoever receives that somebody has come, where these digits are of something today at the kiosk's place.

    Nothing says whether they are: the screen is shared, and four digits are quickly tried out. The caller limits
    the attempts.
    """
    if appointment := find_appointment(reference, secret):
        if not appointment.is_cancelled and _is_today_here(device, appointment.site_id, appointment.starts_at):
            for attendee in appointment.attendees.filter(status=AttendeeStatus.UNKNOWN):
                mark_arrived(attendee=attendee, by=by)
    elif registration := find_registration(reference, secret):
        workshop = registration.workshop
        is_expected = registration.status in HOLDS_A_SEAT and not workshop.is_cancelled
        if is_expected and _is_today_here(device, workshop.site_id, workshop.starts_at):
            call_for_help(device=device, reason=CallReason.WORKSHOP, expected_at=workshop.starts_at)
    elif reservation := find_reservation(reference, secret):
        is_expected = not reservation.is_released and reservation.ends_at > timezone.now()
        if is_expected and _is_today_here(device, reservation.workstation.site_id, reservation.starts_at):
            # The computer waits for them, but this screen does not say which one it is.
            arrive(reservation=reservation, by=by)
            call_for_help(device=device, expected_at=reservation.starts_at)


def call_back_from_here(
    *, site: Site, phone: str, cause: Cause, by: Actor, language: str = "", request_key: UUID | None = None
) -> HelpRequest:
    """Put somebody who found no ticket, or no time, on the list of those to call: that of whoever receives there.

    The same form sent twice asks once; with another number, which is how a mistake is mended, it asks again.
    """
    organisation = _receiving_organisation(site)
    return have_called(
        organisation=organisation, cause=cause, by=by, phone=phone, language=language, request_key=request_key
    )


@transaction.atomic
def text_ticket(*, ticket: Ticket, phone: str, language: str, by: Actor) -> None:
    """Send somebody the number of their ticket, once, paid by whoever receives there.

    Raises ValidationError where nobody does.
    """
    # Two touches at one moment wait for each other: the second finds what the first has sent.
    Ticket.objects.select_for_update().get(pk=ticket.pk)
    organisation = _receiving_organisation(ticket.drop_in.site)
    text_number(ticket, to=phone, organisation=organisation, language=language)


def _receiving_organisation(site: Site) -> Organisation:
    """Return who keeps the place, else who receives there. Raises ValidationError where nobody does."""
    if site.organisation:
        return site.organisation
    mediator = site.mediators.active().select_related("organisation").first()
    if mediator is None:
        raise ValidationError(_("Nous ne pouvons pas noter votre demande ici. Appelez-nous."), code="nobody")
    return mediator.organisation


def _is_today_here(device: KioskDevice, site_id: int, starts_at: dt.datetime) -> bool:
    return site_id == device.site_id and timezone.localdate(starts_at) == timezone.localdate()


def _hash(secret: str) -> str:
    # Tokens are long and random, codes live half an hour and attempts are limited: no slow hash is needed.
    return hashlib.sha256(secret.encode()).hexdigest()


def _nobody_knows() -> str:
    return _hash(secrets.token_urlsafe(32))
