"""Who came: written down once, it fills the activity log."""

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.activity.models import Activity
from mediation.activity.services import Person, delete_activity, log_workshop, update_activity
from workshops.enums import RegistrationStatus
from workshops.models import Registration, Workshop
from workshops.selectors import logs_here
from workshops.services import messages
from workshops.services.locks import lock_workshop
from workshops.services.seats import add_seats, take_seat


@transaction.atomic
def record_attendance(
    *,
    workshop: Workshop,
    present: Sequence[Registration],
    anonymous: int = 0,
    by: Actor,
    themes: Iterable[str] | None = None,
    notes: str = "",
) -> Activity | None:
    """Write down who came, and ``anonymous`` people more whose names nobody asked; log the activity.

    Everybody else with a seat was absent. Somebody of the waiting list who came all the same is seated. Said again,
    it replaces what was said. Returns None where nobody came, and where the leader reports elsewhere: then only who
    came is kept.
    """
    current = lock_workshop(workshop)
    _refuse_recording(current)
    here = {registration.pk for registration in present}
    people = list(current.registrations.live().select_related("beneficiary"))
    for registration in people:
        registration.workshop = current
        _decide(registration, came=registration.pk in here)
    if not logs_here(current):
        return None
    attended = [Person(beneficiary=one.beneficiary) for one in people if one.pk in here]
    if anonymous:
        attended.append(Person(people=anonymous))
    current.activity = _log(current, attended, list(current.themes if themes is None else themes), notes, by)
    current.save(update_fields=["activity"])
    return current.activity


def _refuse_recording(workshop: Workshop) -> None:
    if workshop.is_cancelled:
        raise ValidationError(_("Cet atelier est annulé : personne n’est venu."), code="cancelled")
    if workshop.starts_at > timezone.now():
        raise ValidationError(_("Cet atelier n’a pas encore commencé."), code="too_early")


def _decide(registration: Registration, *, came: bool) -> None:
    """Write down one person's presence; whoever waited and did not come still waits, for what it is worth."""
    waited = registration.status == RegistrationStatus.WAITING
    if waited and not came:
        return
    changes = {
        "status": RegistrationStatus.ATTENDED if came else RegistrationStatus.ABSENT,
        "offered_until": None,
    }
    if not waited:
        for name, value in changes.items():
            setattr(registration, name, value)
        registration.save()
    elif not take_seat(registration, **changes):
        # There was a chair, since somebody sat on it.
        add_seats(registration.workshop, 1)
        take_seat(registration, **changes)
    messages.forget([registration])


def _log(workshop: Workshop, people: list[Person], themes: list[str], notes: str, by: Actor) -> Activity | None:
    if not people:
        if workshop.activity:
            delete_activity(activity=workshop.activity, by=by)
        return None
    if workshop.activity:
        return update_activity(activity=workshop.activity, by=by, people=people, themes=themes, notes=notes)
    return log_workshop(
        mediator=workshop.mediator,
        day=timezone.localdate(workshop.starts_at),
        duration_minutes=workshop.duration_minutes,
        people=people,
        themes=themes,
        by=by,
        title=workshop.title,
        level=workshop.level,
        site=workshop.site,
        notes=notes,
    )
