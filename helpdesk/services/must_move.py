"""Move many appointments at once, and leave nobody in front of a closed door."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Beneficiary
from helpdesk.enums import AttendeeStatus, Cause
from helpdesk.models import Appointment
from helpdesk.selectors import Slot
from helpdesk.services.booking import move
from helpdesk.services.locks import lock_appointment, lock_mediators
from helpdesk.services.requests import ask_for_help
from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.messaging.selectors import ways_to_reach

# A message that comes later than this is read on the way, or at the closed door.
READING_TIME = dt.timedelta(hours=2)


@dataclass(frozen=True)
class Wanted:
    """One appointment as it was shown, and the time to give it. Without time: somebody calls its people."""

    appointment: Appointment
    version: int
    slot: Slot | None


@dataclass(frozen=True)
class Result:
    """What became of one appointment. ``problem`` says why it stays where it was; ``to_call``, whom to call."""

    appointment: Appointment
    moved: bool = False
    to_call: tuple[Beneficiary, ...] = field(default_factory=tuple)
    problem: str = ""


def move_and_tell(*, wanted: Iterable[Wanted], by: Actor) -> list[Result]:
    """Move each appointment to the time proposed, and tell its people: by message, else by the call-back list.

    Each stands alone: one that is refused changes nothing for the others, and says why. What has changed since it was
    shown stays as it is, so that sending the same list twice moves nobody twice.
    """
    results = []
    for one in wanted:
        try:
            results.append(_move_one(one, by))
        except ValidationError as refusal:
            results.append(Result(one.appointment, problem=" ".join(refusal.messages)))
    return results


@transaction.atomic
def _move_one(wanted: Wanted, by: Actor) -> Result:
    appointment, slot = wanted.appointment, wanted.slot
    lock_mediators(appointment.mediator, *([slot.mediator] if slot else []))
    current = lock_appointment(appointment)
    if slot and (current.mediator, current.starts_at) == (slot.mediator, slot.starts_at):
        return Result(appointment, moved=True)
    if current.version != wanted.version or current.is_cancelled:
        raise ValidationError(_("Ce rendez-vous a changé entre-temps : il reste comme il est."), code="changed")
    to_call = _to_call(current, is_moved=slot is not None)
    if slot:
        move(appointment=appointment, slot=slot, by=by)
    for person in to_call:
        # ``current`` still says the hour it had: the call is due before that one, not before the new one.
        ask_for_help(
            beneficiary=person,
            organisation=current.mediator.organisation,
            cause=Cause.MUST_MOVE,
            by=by,
            reason=current.reason,
            note=_note(current, slot),
            appointment=current,
        )
    return Result(appointment, moved=slot is not None, to_call=tuple(to_call))


def _to_call(appointment: Appointment, *, is_moved: bool) -> list[Beneficiary]:
    """Return whom no message reaches in time: everybody where no new time was found, so none is sent."""
    expected = appointment.attendees.filter(status=AttendeeStatus.UNKNOWN).select_related("beneficiary")
    people = [attendee.beneficiary for attendee in expected]
    if not is_moved or appointment.starts_at - timezone.now() < READING_TIME:
        return people
    ways = ways_to_reach(people)
    return [person for person in people if not ways[person.pk].is_message]


def _note(appointment: Appointment, slot: Slot | None) -> str:
    before = {"when": formats.moment(appointment.starts_at), "place": appointment.site}
    if slot is None:
        return _("Prévu %(when)s, %(place)s. Aucun nouvel horaire trouvé.") % before
    words = {**before, "new": formats.moment(slot.starts_at), "new_place": slot.site}
    return _("Prévu %(when)s, %(place)s ; déplacé au %(new)s, %(new_place)s.") % words
