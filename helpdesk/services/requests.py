"""People to call back: nobody who found no slot is lost."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from directory import rules
from directory.enums import Role
from directory.models import Beneficiary, Organisation
from directory.selectors import desk_organisation
from directory.services import link, register_beneficiary, update_beneficiary
from helpdesk.enums import CallResult, Cause, DayPart, Outcome
from helpdesk.models import Appointment, CallAttempt, HelpRequest, Reason
from helpdesk.rules import calls_back
from helpdesk.services.locks import lock_appointment
from mediation.accounts.actor import Actor
from mediation.accounts.models import User
from mediation.kernel.questions import asked_often
from mediation.kernel.references import free_reference
from mediation.messaging import services as messaging
from mediation.messaging.enums import Medium, MessageKind
from mediation.messaging.schedule import POLITE_UNTIL, at_local
from mediation.messaging.wording import Words
from mediation.privacy.validators import refuse_nir
from mediation.territory.models import Quartier
from mediation.territory.selectors import working_day

# The person asked, and is told that they were heard; the others hear of it when somebody calls.
ACKNOWLEDGED = (Cause.NO_SLOT, Cause.CALL_BACK, Cause.OUT_OF_HOURS, Cause.TURNED_AWAY)
# Whoever has an appointment at last waits for nothing else; one that must move ends when that very one moves.
ANSWERED_BY_A_BOOKING = (*ACKNOWLEDGED, Cause.NO_SHOW)
# Its message speaks of one state: somebody waits for a call.
REQUEST_VERSION = 1


@transaction.atomic
def ask_for_help(
    *,
    beneficiary: Beneficiary,
    organisation: Organisation,
    cause: Cause,
    by: Actor,
    reason: Reason | None = None,
    quartier: Quartier | None = None,
    note: str = "",
    appointment: Appointment | None = None,
    asked_for: Organisation | None = None,
    best_time: DayPart | str = "",
    request_key: uuid.UUID | None = None,
) -> HelpRequest:
    """Put somebody on the list of those whom ``organisation`` calls back, with a number and a due date.

    Asked twice for the same appointment and cause, or by the same form, it is the same request. ``asked_for`` is the
    organisation that asks for somebody and keeps seeing what becomes of it.
    """
    if known := _known(beneficiary, cause, appointment, request_key):
        return known
    refuse_nir(note)
    request = HelpRequest(
        # Both are typed into the same box.
        reference=free_reference(HelpRequest.objects.all(), Appointment.objects.all()),
        beneficiary=beneficiary,
        organisation=organisation,
        cause=cause,
        appointment=appointment,
        reason=reason,
        quartier=quartier or beneficiary.quartier,
        note=note,
        best_time=best_time,
        asked_through=by.door,
        asked_for=asked_for or _asking_organisation(by, organisation),
        request_key=request_key,
        due_on=due_day(cause, appointment),
    )
    # Twice the same is answered above or below with the request that exists, not with a refusal.
    request.full_clean(validate_unique=False, validate_constraints=False)
    try:
        with transaction.atomic():
            request.save()
    except IntegrityError:
        # Somebody asked the same at the same moment; anything else the database refuses is a fault of ours.
        if (known := _known(beneficiary, cause, appointment, request_key)) is None:
            raise
        return known
    link(beneficiary=beneficiary, organisation=organisation, on=timezone.localdate())
    if cause in ACKNOWLEDGED:
        _acknowledge(request)
    return request


@transaction.atomic
def ask_for_somebody(
    *,
    by: Actor,
    organisation: Organisation,
    person: Beneficiary | None = None,
    first_name: str = "",
    last_name: str = "",
    phone_typed: str = "",
    **what: Any,
) -> HelpRequest:
    """Put on the list a person on file, or somebody new whose file is opened with it; or do neither.

    Somebody on file whom nobody could call gets the number that was said. ``what`` is what ``ask_for_help`` takes.
    """
    if person is None:
        home = desk_organisation(by.user) or organisation
        person = register_beneficiary(
            organisation=home, by=by, first_name=first_name, last_name=last_name, phone_typed=phone_typed
        )
    elif phone_typed and not person.phone:
        person = update_beneficiary(beneficiary=person, by=by, phone_typed=phone_typed)
    return ask_for_help(beneficiary=person, organisation=organisation, by=by, **what)


def due_day(cause: Cause, appointment: Appointment | None = None) -> dt.date:
    """Return by when to call: within the promised working days, and before the appointment that must move."""
    today = timezone.localdate()
    due = working_day(today, after=settings.CALL_BACK_WORKING_DAYS)
    if cause == Cause.MUST_MOVE and appointment is not None:
        eve = working_day(timezone.localdate(appointment.starts_at), after=-1)
        due = min(due, max(eve, today))
    return due


@transaction.atomic
def note_call(*, request: HelpRequest, result: CallResult, by: Actor, note: str = "") -> CallAttempt:
    """Note a call and what it gave. Whoever calls follows the request, where nobody did."""
    if result not in CallResult.values:
        raise ValidationError(_("Dites ce que l’appel a donné."), code="result")
    refuse_nir(note)
    current = _open(request)
    call = CallAttempt(request=current, by_user=by.user, result=result, note=note)
    call.full_clean()
    call.save()
    if current.owner_id is None and by.user is not None:
        current.owner = by.user
        current.save(update_fields=["owner"])
    return call


@transaction.atomic
def take_back_call(*, call: CallAttempt, by: Actor) -> None:
    """Undo a call noted by mistake."""
    _open(call.request)
    call.delete()


@transaction.atomic
def give_request(*, request: HelpRequest, owner: User | None, by: Actor) -> HelpRequest:
    """Say who follows the request; nobody in particular where ``owner`` is None."""
    current = _open(request)
    if owner is not None and not calls_back(owner, current):
        raise ValidationError(_("Cette personne ne fait pas partie de la structure qui rappelle."), code="owner")
    current.owner = owner
    current.save(update_fields=["owner"])
    return current


@transaction.atomic
def close_request(
    *, request: HelpRequest, outcome: Outcome, by: Actor, booked: Appointment | None = None
) -> HelpRequest:
    """Say how it ended; ``booked`` is the appointment that came of it. Messages about it that wait are called back."""
    if outcome not in Outcome.values:
        raise ValidationError(_("Dites comment la demande s’est terminée."), code="outcome")
    if booked is not None and not booked.attendees.filter(beneficiary=request.beneficiary_id).exists():
        raise ValidationError(_("Ce rendez-vous est celui de quelqu’un d’autre."), code="booked")
    if booked is not None:
        # The order that bookings lock in: the appointment, then what it answers.
        booked = lock_appointment(booked)
    current = _open(request)
    _close(current, outcome, booked)
    return current


@transaction.atomic
def reopen_request(*, request: HelpRequest, by: Actor) -> HelpRequest:
    """Undo a closing: the person is to be called again, by the same day as before."""
    current = HelpRequest.objects.select_for_update().get(pk=request.pk)
    if current.is_open:
        return current
    if _known(current.beneficiary, Cause(current.cause), current.appointment, None):
        raise ValidationError(_("Cette personne est déjà dans la liste pour ce rendez-vous."), code="twice")
    current.closed_at, current.outcome, current.booked = None, "", None
    current.save(update_fields=["closed_at", "outcome", "booked"])
    return current


# --- What other services tell of --------------------------------------------------------------------------------------


def close_answered(*, appointment: Appointment, people: Iterable[Beneficiary], by: Actor) -> None:
    """Close what ``people`` waited for, now that they have an appointment: nobody calls somebody who is served.

    Only requests of the organisations that receive or booked, and not those for another reason: a family's second
    need is not forgotten because the first is met. Closing by mistake can be undone.
    """
    organisations = {appointment.mediator.organisation_id, appointment.booked_for_id} - {None}
    waiting = _waiting(people=[person.pk for person in people], organisations=list(organisations))
    if not waiting:
        # Nearly always: every booking asks.
        return
    rows = HelpRequest.objects.select_for_update(of=("self",)).waiting().filter(pk__in=waiting)
    for request in rows.select_related("reason").order_by("pk"):
        if _is_met(request.reason, appointment.reason):
            _close(request, Outcome.BOOKED, appointment)


@asked_often
def _waiting(*, people: Any, organisations: Any) -> QuerySet:
    """What a booking may answer, by key."""
    waiting = HelpRequest.objects.waiting().filter(
        beneficiary__pk__in=people, organisation__pk__in=organisations, cause__in=ANSWERED_BY_A_BOOKING
    )
    return waiting.order_by().values_list("pk", flat=True)


def close_moved(*, appointment: Appointment, by: Actor) -> None:
    """Close the requests about an appointment that had to move, now that it has."""
    for request in HelpRequest.objects.select_for_update().waiting().about(appointment, Cause.MUST_MOVE):
        _close(request, Outcome.BOOKED, appointment)


def close_cancelled(*, appointment: Appointment, by: Actor) -> None:
    """Close the requests about an appointment that had to move, where it is cancelled instead."""
    for request in HelpRequest.objects.select_for_update().waiting().about(appointment, Cause.MUST_MOVE):
        _close(request, Outcome.WITHDRAWN, None)


# --- The steps --------------------------------------------------------------------------------------------------------


def _known(
    beneficiary: Beneficiary, cause: Cause, appointment: Appointment | None, request_key: uuid.UUID | None
) -> HelpRequest | None:
    """Return the request that says the same already."""
    if request_key is not None and (same := HelpRequest.objects.filter(request_key=request_key).first()):
        return same
    if appointment is None:
        return None
    return HelpRequest.objects.waiting().about(appointment, cause).filter(beneficiary=beneficiary).first()


def _open(request: HelpRequest) -> HelpRequest:
    """Return the request as it stands now, kept from change by others; refuse one that is closed."""
    current = HelpRequest.objects.select_for_update(of=("self",)).select_related("beneficiary").get(pk=request.pk)
    if not current.is_open:
        raise ValidationError(_("Cette demande est déjà close. Rouvrez-la d’abord."), code="closed")
    return current


def _close(request: HelpRequest, outcome: Outcome, booked: Appointment | None) -> None:
    request.outcome, request.closed_at, request.booked = outcome, timezone.now(), booked
    request.save(update_fields=["outcome", "closed_at", "booked"])
    messaging.void(occasion=occasion(request))


def _is_met(wanted: Reason | None, booked: Reason) -> bool:
    return wanted is None or wanted == booked or wanted.is_any_need or booked.is_any_need


def _asking_organisation(by: Actor, organisation: Organisation) -> Organisation | None:
    """Return the agent's organisation where it asks another one to call."""
    if by.user is None or organisation.pk in rules.organisation_ids(by.user, Role.FRONT_DESK, Role.MEDIATOR):
        return None
    return desk_organisation(by.user)


def occasion(request: HelpRequest) -> str:
    """Return the name under which the ledger of messages knows the request."""
    return f"help_request:{request.uid}"


def _acknowledge(request: HelpRequest) -> None:
    """Tell the person their number and the day, where it can be written: nobody is called to hear of a call."""
    if messaging.way_to_reach(request.beneficiary).medium == Medium.CALL_LIST:
        return
    evening = at_local(request.due_on, POLITE_UNTIL)
    messaging.plan(
        kind=MessageKind.ACKNOWLEDGED,
        occasion=occasion(request),
        version=REQUEST_VERSION,
        beneficiary=request.beneficiary,
        organisation=request.organisation,
        words=Words(starts_at=evening, place="", reference=request.reference),
        due_at=timezone.now(),
        useless_after=evening,
    )
