"""Take a mediator's time for people, and move it."""

import uuid
from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from directory.models import Beneficiary, Organisation
from directory.selectors import booking_organisation
from helpdesk import rules
from helpdesk.enums import Mode
from helpdesk.models import Appointment, Attendee
from helpdesk.selectors import Slot, is_offered
from helpdesk.selectors.alternatives import next_slots
from helpdesk.services import messages
from helpdesk.services.locks import (
    lock_appointment,
    lock_mediators,
    lock_numbers,
    lock_people,
)
from helpdesk.services.refusals import (
    refuse_moving,
    refuse_night,
    refuse_overlap,
    refuse_people,
    refuse_slot,
    refuse_too_many,
    refuse_why,
)
from helpdesk.services.requests import close_answered
from helpdesk.services.steps import (
    Unavailable,
    change_time,
    expected,
    link_people,
    new_time,
    save_time,
    slot_of,
)
from helpdesk.services.wishes import end_due_holds, offer_freed, withdraw_useless_offers
from mediation.accounts.actor import Actor
from mediation.kernel.references import new_reference
from mediation.privacy.validators import refuse_nir

# Read in our own transaction, from rows that exist.
KNOWN_FIELDS = ("engagement", "site", "reason", "booked_by", "booked_for", "activity")


class SlotTaken(ValidationError):
    """Somebody else was quicker, or ``slot`` is no longer offered. ``next_slots`` are what to propose instead."""

    def __init__(self, slot: Slot, by: Actor) -> None:
        super().__init__(_("Cet horaire vient d’être pris. Voici les suivants."), code="slot_taken")
        self.slot = slot
        self.by = by

    @cached_property
    def next_slots(self) -> list[Slot]:
        """Where and when to come instead, looked for when it is asked: a door may know the need better."""
        return next_slots(self.slot, for_self_service=self.by.is_self_service)


class BookedAlready(ValidationError):
    """The form was sent before, for somebody else or another time. ``appointment`` is what it booked."""

    def __init__(self, appointment: Appointment) -> None:
        super().__init__(
            _("Ce formulaire a déjà servi à prendre un rendez-vous. Rouvrez la page pour en prendre un autre."),
            code="booked_already",
        )
        self.appointment = appointment


def book(
    *,
    slot: Slot,
    people: Sequence[Beneficiary],
    by: Actor,
    booked_for: Organisation | None = None,
    note: str = "",
    mode: str | None = None,
    remote_link: str = "",
    request_key: uuid.UUID | None = None,
    override_reason: str = "",
) -> Appointment:
    """Keep ``slot`` for ``people``, link them to the organisation that receives, and plan their messages.

    ``booked_for`` is the organisation that books; for an agent of a single one it is known. ``mode`` is the reason's
    first unless one is named. ``request_key`` comes from the form: sent twice, it books once. With
    ``override_reason`` an agent of the receiving organisation books a time that is not offered, if it is free.

    Raises SlotTaken where the slot is not offered any more, BookedAlready where the form booked something else
    before, ValidationError where it may never be booked so.
    """
    refuse_people(people)
    refuse_slot(slot, by)
    appointment = _described(slot, by, note, mode, remote_link, override_reason)
    appointment.request_key = request_key
    appointment.booked_for = booked_for or booking_organisation(by.user, slot.mediator)
    while True:
        try:
            with transaction.atomic():
                return _book(appointment, slot, people, by)
        except (IntegrityError, Unavailable, ValidationError) as refusal:
            # The same form may have been quicker: the database took its key once. All this after the locks are given
            # back: others need not wait while we look for what to say.
            if known := booked_with(request_key):
                return _same(known, slot, people)
            if isinstance(refusal, Unavailable):
                raise SlotTaken(slot, by) from None
            if not (isinstance(refusal, IntegrityError) and _is_taken(appointment.reference)):
                raise
            # The database says so when it happens, once in a thousand bookings: asking before costs every one of them.
            appointment.reference = new_reference()


def _is_taken(reference: str) -> bool:
    return Appointment.objects.filter(reference=reference).exists()


def booked_with(request_key: uuid.UUID | None) -> Appointment | None:
    """Return what a form has already booked: whoever sends it again gets the same appointment."""
    return Appointment.objects.filter(request_key=request_key).first() if request_key else None


def move(*, appointment: Appointment, slot: Slot, by: Actor, override_reason: str = "") -> Appointment:
    """Keep the same appointment at another time, place or mediator, and tell the people.

    Raises SlotTaken where the slot is not offered any more, ValidationError where residents may not move it alone
    (too near); ``override_reason`` as in ``book``.
    """
    refuse_slot(slot, by)
    refuse_why(override_reason)
    try:
        with transaction.atomic():
            lock_mediators(appointment.engagement.mediator, slot.mediator)
            current = lock_appointment(appointment)
            refuse_moving(current, slot, by)
            end_due_holds(slot.mediator)
            current.override_reason = _override(slot, by, override_reason, ignoring=current)
            refuse_overlap([one.beneficiary for one in expected(current)], slot, by, besides=current)
            was = slot_of(current)
            change_time(current, slot, by, asked_by_person=by.is_self_service)
            withdraw_useless_offers(current)
            offer_freed(was, besides=current)
    except Unavailable:
        raise SlotTaken(slot, by) from None
    return current


def _described(
    slot: Slot, by: Actor, note: str, mode: str | None, remote_link: str, override_reason: str
) -> Appointment:
    """Return the appointment as it will be written. Raises ValidationError for what cannot be."""
    for text in (note, override_reason):
        refuse_nir(text)
    wanted = mode or slot.reason.modes[0]
    if wanted not in slot.reason.modes:
        raise ValidationError(_("Ce motif ne se fait pas ainsi. Choisissez où il se passe."), code="mode_refused")
    if remote_link and wanted != Mode.REMOTE:
        raise ValidationError(_("Un lien ne sert qu’à un rendez-vous à distance."), code="link_refused")
    appointment = Appointment(
        site=slot.site,
        reason=slot.reason,
        booked_by=by.user,
        booked_through=by.door,
        note=note,
        mode=wanted,
        remote_link=remote_link,
        override_reason=override_reason.strip(),
    )
    appointment.clean_fields(exclude=KNOWN_FIELDS)
    return appointment


def _book(appointment: Appointment, slot: Slot, people: Sequence[Beneficiary], by: Actor) -> Appointment:
    lock_mediators(slot.mediator)
    lock_people(people)
    if by.is_self_service:
        lock_numbers(people)
    end_due_holds(slot.mediator)
    appointment.override_reason = _override(slot, by, appointment.override_reason)
    refuse_overlap(people, slot, by)
    refuse_too_many(people, by)
    appointment.engagement = new_time(slot, appointment.mode)
    save_time(appointment.engagement)
    appointment.save()
    attendees = Attendee.objects.bulk_create(Attendee(appointment=appointment, beneficiary=one) for one in people)
    link_people(appointment, attendees)
    close_answered(appointment=appointment, people=people, by=by)
    messages.welcome(appointment, attendees)
    return appointment


def _override(slot: Slot, by: Actor, reason: str, *, ignoring: Appointment | None = None) -> str:
    """Return why a time that is not offered is booked all the same; "" where it is offered.

    Raises Unavailable where nobody may, ValidationError for an hour at which nobody receives.
    """
    engagement = ignoring.engagement if ignoring else None
    if is_offered(slot, ignoring=engagement, for_self_service=by.is_self_service):
        return ""
    if reason.strip() and by.user is not None and rules.overrides(by.user, slot.mediator):
        refuse_night(slot)
        return reason.strip()
    raise Unavailable


def _same(known: Appointment, slot: Slot, people: Sequence[Beneficiary]) -> Appointment:
    """Return what the form booked, where it asks for the same again."""
    asked: tuple[Any, ...] = (slot.starts_at, slot.mediator.pk, {person.pk for person in people})
    people_then = set(known.attendees.values_list("beneficiary", flat=True))
    if asked != (known.starts_at, known.engagement.mediator_id, people_then):
        raise BookedAlready(known)
    return known
