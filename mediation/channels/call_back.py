"""« Rappelez-moi »: residents who ask for a call, and the front desk that makes it."""

import datetime as dt
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from directory.enums import Role, Side
from directory.models import Organisation
from helpdesk.enums import Cause
from helpdesk.models import HelpRequest
from helpdesk.services import ask_for_help
from mediation.accounts.actor import Actor, Door
from mediation.channels.services import person_who_comes
from mediation.kernel.formats import local
from mediation.kernel.once import key_of
from mediation.kernel.phones import to_e164
from mediation.territory.selectors import SchoolCalendar, is_working_day
from sites.models import Site
from sites.selectors import timetable

# Asked by people themselves: whoever asks again is told the same again.
BY_THEMSELVES = (Cause.CALL_BACK, Cause.OUT_OF_HOURS, Cause.NO_SLOT)
# Where no place of the front desk says its hours.
OFFICE_HOURS = (dt.time(9), dt.time(18))


class _SentTwice(Exception):
    """The same form was asking the same at the same moment."""

    def __init__(self, request: HelpRequest) -> None:
        self.request = request


def ask_to_be_called_back(*, by: Actor, at: dt.datetime, no_slot: bool = False, **said: Any) -> HelpRequest:
    """Put a resident on the front desk's list; ``said`` is what ``have_called`` takes.

    Raises what it raises, and ValidationError where no organisation has a front desk.
    """
    organisation = who_calls_back()
    if organisation is None:
        raise ValidationError(_("Nous ne pouvons pas noter votre demande ici. Appelez-nous."), code="nobody")
    return have_called(organisation=organisation, cause=_cause(organisation, at, no_slot=no_slot), by=by, **said)


def have_called(
    *,
    organisation: Organisation,
    cause: Cause,
    by: Actor,
    phone: str = "",
    otherwise: str = "",
    first_name: str = "",
    language: str = "",
    note: str = "",
    request_key: UUID | None = None,
    **what: Any,
) -> HelpRequest:
    """Put a resident on the list of those whom ``organisation`` calls.

    The same form sent twice asks once; filled in anew, it asks for somebody else. ``otherwise`` is how to reach
    somebody without telephone, ``language`` the one they chose, ``what`` the reason and the best time. An e-mail
    address gets into a new file only: whoever types a known name and number may be anybody. Raises ValidationError
    where nobody could call.
    """
    key = key_of(request_key, to_e164(phone), otherwise, first_name.strip(), note)
    if key and (known := HelpRequest.objects.filter(request_key=key).first()):
        return known
    try:
        with transaction.atomic():
            person = person_who_comes(
                organisation=organisation,
                by=by,
                first_name=first_name,
                last_name="",
                phone=phone,
                email=_email(otherwise),
                language=language,
            )
            request = ask_for_help(
                beneficiary=person,
                organisation=organisation,
                cause=cause,
                by=by,
                note=note if otherwise == person.email else " · ".join(filter(None, (otherwise, note))),
                request_key=key,
                **what,
            )
            if request.beneficiary_id != person.pk:
                raise _SentTwice(request)
            return request
    except _SentTwice as twice:
        # The file that was opened a second time has just been forgotten again.
        return twice.request


def asked_already(number: str, door: Door) -> HelpRequest | None:
    """Return the call that somebody with this number waits for, asked for through the same door."""
    waiting = HelpRequest.objects.waiting().filter(
        beneficiary__phone=number, cause__in=BY_THEMSELVES, asked_through=door
    )
    return waiting.order_by("due_on", "pk").first()


def who_calls_back() -> Organisation | None:
    """Return the organisation that answers residents: one with a front desk, the municipality's first."""
    with_desk = Organisation.objects.active().filter(memberships__role=Role.FRONT_DESK).distinct()
    return with_desk.filter(side=Side.MUNICIPAL).order_by("pk").first() or with_desk.order_by("pk").first()


def is_somebody_there(organisation: Organisation, at: dt.datetime) -> bool:
    """Say whether a place of the organisation is open at ``at``; by office hours where none says when it is."""
    calendar = SchoolCalendar.read()
    places = Site.objects.published().filter(organisation=organisation).prefetch_related("closures")
    known = [table for table in (timetable(site, calendar) for site in places) if table.is_readable]
    if known:
        return any(table.status(at).is_open for table in known)
    now = local(at)
    return is_working_day(now.date()) and OFFICE_HOURS[0] <= now.time() < OFFICE_HOURS[1]


def _cause(organisation: Organisation, at: dt.datetime, *, no_slot: bool) -> Cause:
    """Return why: nothing suited; else whether somebody could have been called instead."""
    if no_slot:
        return Cause.NO_SLOT
    return Cause.CALL_BACK if is_somebody_there(organisation, at) else Cause.OUT_OF_HOURS


def _email(otherwise: str) -> str:
    try:
        validate_email(otherwise)
    except ValidationError:
        return ""
    return otherwise
