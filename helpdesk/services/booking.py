"""Take a mediator's time for people, give it back, move it."""

import hmac
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory import rules
from directory.enums import EngagementKind, Role
from directory.models import Beneficiary, Engagement, Organisation
from directory.services import link
from helpdesk.enums import CANCELLED, AttendeeStatus, WhoBooks
from helpdesk.models import Appointment, Attendee, Reason
from helpdesk.selectors import HORIZON_DAYS, Need, Slot, first_slots, is_offered
from helpdesk.services import messages
from helpdesk.services.locks import lock_appointment, lock_mediators
from mediation.accounts.actor import Actor
from mediation.kernel.references import new_reference
from mediation.messaging.enums import MessageKind
from mediation.privacy.validators import refuse_nir

NEXT_SLOTS = 3
SECRET_LENGTH = 4


class SlotTaken(ValidationError):
    """Somebody else was quicker, or the slot is no longer offered. ``next_slots`` are what to propose instead."""

    def __init__(self, next_slots: Sequence[Slot] = ()) -> None:
        super().__init__(_("Cet horaire vient d’être pris. Voici les suivants."), code="slot_taken")
        self.next_slots = list(next_slots)


class _Unavailable(Exception):
    """The time cannot be taken; said inside the transaction, explained once it is over."""


def book(
    *,
    slot: Slot,
    people: Sequence[Beneficiary],
    by: Actor,
    booked_for: Organisation | None = None,
    note: str = "",
) -> Appointment:
    """Keep ``slot`` for ``people``, link them to the organisation that receives, and plan their messages.

    ``booked_for`` is the organisation that books; for an agent of a single one it is known. Raises SlotTaken where
    the slot is not offered any more, ValidationError where it may never be booked so.
    """
    _refuse_people(people)
    _refuse_slot(slot, by)
    refuse_nir(note)
    try:
        with transaction.atomic():
            return _book(slot, people, by, booked_for or _organisation_of(by, slot), note)
    except _Unavailable:
        # After the lock is given back: others need not wait while we look for something else.
        raise SlotTaken(_next_slots(slot, by)) from None


def cancel(*, appointment: Appointment, by: Actor, asked_by_person: bool) -> Appointment:
    """Give the time back, and tell the people. Raises ValidationError where there is nothing left to cancel."""
    status = AttendeeStatus.EXCUSED if asked_by_person else AttendeeStatus.REVOKED
    with transaction.atomic():
        lock_mediators(appointment.engagement.mediator)
        current = lock_appointment(appointment)
        _refuse_cancelling(current)
        attendees = list(current.attendees.filter(status=AttendeeStatus.UNKNOWN).select_related("beneficiary"))
        current.attendees.filter(status=AttendeeStatus.UNKNOWN).update(status=status, arrived_at=None)
        current.engagement.released_at = timezone.now()
        current.engagement.save(update_fields=["released_at"])
        _raise_version(current)
        messages.say_cancelled(current, attendees, asked_by_person=asked_by_person)
    return current


def reinstate(*, appointment: Appointment, by: Actor) -> Appointment:
    """Undo a cancellation ("Rétablir"). Raises SlotTaken where the time was given to somebody else meanwhile."""
    try:
        with transaction.atomic():
            lock_mediators(appointment.engagement.mediator)
            current = lock_appointment(appointment)
            _refuse_reinstating(current)
            current.engagement.released_at = None
            _save_time(current.engagement)
            current.attendees.filter(status__in=CANCELLED).update(status=AttendeeStatus.UNKNOWN)
            _raise_version(current)
            messages.confirm(current, _expected(current))
    except _Unavailable:
        raise SlotTaken(_next_slots(_slot_of(appointment), by)) from None
    return current


def move(*, appointment: Appointment, slot: Slot, by: Actor) -> Appointment:
    """Keep the same appointment at another time, place or mediator, and tell the people.

    Raises SlotTaken where the slot is not offered any more.
    """
    _refuse_slot(slot, by)
    try:
        with transaction.atomic():
            lock_mediators(appointment.engagement.mediator, slot.mediator)
            current = lock_appointment(appointment)
            _refuse_cancelling(current)
            _move(current, slot, by)
    except _Unavailable:
        raise SlotTaken(_next_slots(slot, by)) from None
    return current


def find_by_reference(reference: str, secret: str) -> Appointment | None:
    """Return the appointment of ``reference`` for whoever knows its code, or the end of a number of its people.

    Spaces are ignored. The caller limits the attempts: four digits are few.
    """
    digits, typed = ("".join(c for c in text if c in "0123456789") for text in (reference, secret))
    appointment = Appointment.objects.for_pages().filter(reference=digits).first()
    if appointment is None or len(typed) != SECRET_LENGTH:
        return None
    numbers = [attendee.beneficiary.phone[-SECRET_LENGTH:] for attendee in appointment.attendees.all()]
    known = any(hmac.compare_digest(typed, secret) for secret in (appointment.code, *numbers) if secret)
    return appointment if known else None


# --- What is refused --------------------------------------------------------------------------------------------------


def _refuse_people(people: Sequence[Beneficiary]) -> None:
    if not people:
        raise ValidationError(_("Dites pour qui est le rendez-vous."), code="nobody")
    if len({person.pk for person in people}) < len(people):
        raise ValidationError(_("La même personne est notée deux fois."), code="twice")


def _refuse_slot(slot: Slot, by: Actor) -> None:
    now = timezone.now()
    if slot.starts_at < now:
        raise ValidationError(_("Cet horaire est passé. Choisissez-en un autre."), code="past")
    if (timezone.localdate(slot.starts_at) - timezone.localdate(now)).days > HORIZON_DAYS:
        raise ValidationError(
            _("Les rendez-vous se prennent au plus %(days)s jours à l’avance."),
            code="too_far",
            params={"days": HORIZON_DAYS},
        )
    if not _may_book(slot.reason, by):
        raise ValidationError(_("Ce motif ne peut pas être réservé ici."), code="reason_refused")


def _may_book(reason: Reason, by: Actor) -> bool:
    if by.user is not None:
        return Reason.objects.bookable_by(by.user).filter(pk=reason.pk).exists()
    return reason.is_active and (not by.is_self_service or reason.who_books == WhoBooks.EVERYONE)


def _refuse_cancelling(appointment: Appointment) -> None:
    if appointment.is_cancelled:
        raise ValidationError(_("Ce rendez-vous est déjà annulé."), code="already_cancelled")
    if appointment.activity_id or appointment.attendees.filter(status=AttendeeStatus.SEEN).exists():
        raise ValidationError(_("Ce rendez-vous a eu lieu : il ne peut plus changer."), code="took_place")
    if appointment.engagement.ends_at <= timezone.now():
        raise ValidationError(_("Ce rendez-vous est passé. Dites plutôt qui est venu."), code="past")


def _refuse_reinstating(appointment: Appointment) -> None:
    if not appointment.is_cancelled:
        raise ValidationError(_("Ce rendez-vous n’est pas annulé."), code="not_cancelled")
    if appointment.engagement.starts_at <= timezone.now():
        raise ValidationError(_("L’heure de ce rendez-vous est passée : prenez-en un autre."), code="past")


# --- The steps --------------------------------------------------------------------------------------------------------


def _book(
    slot: Slot, people: Sequence[Beneficiary], by: Actor, booked_for: Organisation | None, note: str
) -> Appointment:
    lock_mediators(slot.mediator)
    if not is_offered(slot, for_self_service=by.is_self_service):
        raise _Unavailable
    engagement = Engagement(
        mediator=slot.mediator, starts_at=slot.starts_at, ends_at=slot.ends_at, kind=EngagementKind.APPOINTMENT
    )
    _save_time(engagement)
    appointment = Appointment(
        engagement=engagement,
        site=slot.site,
        reason=slot.reason,
        reference=_free_reference(),
        booked_by=by.user,
        booked_for=booked_for,
        booked_through=by.door,
        note=note,
    )
    appointment.full_clean()
    appointment.save()
    attendees = Attendee.objects.bulk_create(Attendee(appointment=appointment, beneficiary=one) for one in people)
    _link_people(appointment, attendees)
    messages.confirm(appointment, attendees)
    return appointment


def _move(appointment: Appointment, slot: Slot, by: Actor) -> None:
    engagement = appointment.engagement
    # Whoever sends somebody to a partner keeps seeing where they went.
    moved_by = appointment.booked_for or _organisation_of(by, _slot_of(appointment))
    if not is_offered(slot, ignoring=engagement):
        raise _Unavailable
    engagement.mediator, engagement.starts_at, engagement.ends_at = slot.mediator, slot.starts_at, slot.ends_at
    _save_time(engagement)
    appointment.site, appointment.reason, appointment.booked_for = slot.site, slot.reason, moved_by
    appointment.save(update_fields=["site", "reason", "booked_for"])
    appointment.attendees.update(arrived_at=None)
    _raise_version(appointment)
    attendees = _expected(appointment)
    _link_people(appointment, attendees)
    messages.confirm(appointment, attendees, kind=MessageKind.MOVED)


def _save_time(engagement: Engagement) -> None:
    """Write the time; the database has the last word on whether it is free, whatever was read before."""
    try:
        with transaction.atomic():
            engagement.save()
    except IntegrityError:
        raise _Unavailable from None


def _free_reference() -> str:
    """Return a reference that no appointment has."""
    reference = new_reference()
    while Appointment.objects.filter(reference=reference).exists():
        reference = new_reference()
    return reference


def _link_people(appointment: Appointment, attendees: Sequence[Attendee]) -> None:
    for attendee in attendees:
        link(
            beneficiary=attendee.beneficiary,
            organisation=appointment.engagement.mediator.organisation,
            on=timezone.localdate(),
        )


def _expected(appointment: Appointment) -> list[Attendee]:
    return list(appointment.attendees.filter(status=AttendeeStatus.UNKNOWN).select_related("beneficiary"))


def _raise_version(appointment: Appointment) -> None:
    appointment.version += 1
    appointment.save(update_fields=["version"])


def _organisation_of(by: Actor, slot: Slot) -> Organisation | None:
    """Return the organisation in whose name an agent books: the receiving one where they belong to it, or their own."""
    if by.user is None:
        return None
    ids = rules.organisation_ids(by.user, Role.FRONT_DESK, Role.MEDIATOR)
    if slot.mediator.organisation_id in ids:
        return slot.mediator.organisation
    return Organisation.objects.filter(pk__in=ids).first()


def _slot_of(appointment: Appointment) -> Slot:
    engagement = appointment.engagement
    return Slot(engagement.starts_at, engagement.ends_at, engagement.mediator, appointment.site, appointment.reason)


def _next_slots(slot: Slot, by: Actor) -> list[Slot]:
    """Return what to propose instead: at the same place from the same day on, then elsewhere, nearest first."""
    site = slot.site
    here = None if site.latitude is None or site.longitude is None else (site.latitude, site.longitude)
    day = timezone.localdate(slot.starts_at)
    alone = by.is_self_service
    found = first_slots(
        Need(reason=slot.reason, sites=[site.pk], first_day=day, for_self_service=alone), limit=NEXT_SLOTS
    )
    if len(found) == NEXT_SLOTS:
        return found
    elsewhere = first_slots(
        Need(reason=slot.reason, first_day=day, near=here, for_self_service=alone), limit=2 * NEXT_SLOTS
    )
    return [*found, *(other for other in elsewhere if other.site != site)][:NEXT_SLOTS]
