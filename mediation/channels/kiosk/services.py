"""Pair kiosks with their place, take them out of service, answer who calls from one."""

import datetime as dt
import hashlib
import secrets

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.enums import Cause
from helpdesk.models import HelpRequest
from helpdesk.services.requests import ask_for_help
from mediation.accounts.actor import Actor
from mediation.channels.models import CallForHelp, KioskDevice
from mediation.channels.services import person_who_comes
from mediation.kernel.references import new_reference
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record
from sites.models import Site

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


def call_for_help(*, device: KioskDevice) -> CallForHelp:
    """Tell the desk that somebody waits at the kiosk; calling twice is calling once."""
    return CallForHelp.objects.open().filter(device=device).first() or CallForHelp.objects.create(device=device)


def answer_calls(*, device: KioskDevice, by: Actor) -> None:
    """Note that somebody goes to the kiosk."""
    CallForHelp.objects.open().visible_to(by.user).filter(device=device).update(answered_at=timezone.now())


@transaction.atomic
def call_back_from_here(*, site: Site, phone: str, cause: Cause, by: Actor) -> HelpRequest:
    """Put somebody who found no ticket, or no time, on the list of those to call: that of whoever receives there."""
    organisation = site.organisation
    if organisation is None:
        mediator = site.mediators.active().select_related("organisation").first()
        if mediator is None:
            raise ValidationError(_("Nous ne pouvons pas noter votre demande ici. Appelez-nous."), code="nobody")
        organisation = mediator.organisation
    person = person_who_comes(organisation=organisation, by=by, first_name="", last_name="", phone=phone)
    return ask_for_help(beneficiary=person, organisation=organisation, cause=cause, by=by)


def _hash(secret: str) -> str:
    # Tokens are long and random, codes live half an hour and attempts are limited: no slow hash is needed.
    return hashlib.sha256(secret.encode()).hexdigest()


def _nobody_knows() -> str:
    return _hash(secrets.token_urlsafe(32))
