"""What the people of a workshop are told, written in the transaction of what it speaks of."""

import datetime as dt
from collections.abc import Iterable

from django.utils import timezone

from mediation.messaging import services as messaging
from mediation.messaging.enums import MessageKind
from mediation.messaging.schedule import soon
from mediation.messaging.wording import Words
from workshops.enums import RegistrationStatus
from workshops.invitations import invitation
from workshops.models import Registration, Workshop


def occasion(registration: Registration) -> str:
    """Return the name under which the ledger knows a registration."""
    return f"registration:{registration.uid}"


def say_registered(registration: Registration, *, kind: MessageKind = MessageKind.REGISTERED) -> None:
    """Void what was said of an earlier state; plan the confirmation and the reminder."""
    messaging.void(occasion=occasion(registration))
    messaging.plan_booked_and_reminders(
        occasion=occasion(registration),
        version=registration.version,
        beneficiary=registration.beneficiary,
        organisation=registration.workshop.mediator.organisation,
        words=_words(registration),
        due_at=timezone.now(),
        kind=kind,
        calendar=invitation(registration),
    )


def say_waiting(registration: Registration) -> None:
    """Say that the person is on the list."""
    _say_now(registration, MessageKind.WAITING)


def say_offered(registration: Registration) -> None:
    """Say that a seat is kept for the person, and until when."""
    _say_now(registration, MessageKind.SEAT_OFFERED, useless_after=registration.offered_until)


def say_excused(registration: Registration) -> None:
    """Confirm to the person that they are no longer registered."""
    _say_now(registration, MessageKind.EXCUSED, calendar=invitation(registration, is_over=True))


def say_confirmed(registration: Registration, *, to: str) -> None:
    """Say to the number that replied that the person is expected, once for each state of the registration."""
    messaging.say(
        kind=MessageKind.CONFIRMED,
        recipient=to,
        occasion=occasion(registration),
        version=registration.version,
        beneficiary=registration.beneficiary,
        organisation=registration.workshop.mediator.organisation,
        words=_words(registration),
        language=registration.beneficiary.language,
        useless_after=registration.workshop.starts_at,
    )


def say_moved(registrations: Iterable[Registration]) -> None:
    """Tell everybody the new time and place; those who sit are also reminded of it."""
    for registration in registrations:
        if registration.status == RegistrationStatus.REGISTERED:
            say_registered(registration, kind=MessageKind.MOVED)
        else:
            _say_now(registration, MessageKind.MOVED)


def say_cancelled(registrations: Iterable[Registration]) -> None:
    """Tell everybody that the workshop will not take place."""
    for registration in registrations:
        _say_now(registration, MessageKind.CANCELLED, calendar=invitation(registration, is_over=True))


def forget(registrations: Iterable[Registration]) -> None:
    """Call back what was planned and means nothing any more."""
    for registration in registrations:
        messaging.void(occasion=occasion(registration))


def _say_now(
    registration: Registration, kind: MessageKind, *, useless_after: dt.datetime | None = None, calendar: str = ""
) -> None:
    messaging.void(occasion=occasion(registration))
    workshop, now = registration.workshop, timezone.now()
    # What the person has just asked for is answered at once; news wait for a polite hour.
    asked_for = kind in {MessageKind.WAITING, MessageKind.EXCUSED}
    messaging.plan(
        kind=kind,
        occasion=occasion(registration),
        version=registration.version,
        beneficiary=registration.beneficiary,
        organisation=workshop.mediator.organisation,
        words=_words(registration),
        due_at=now if asked_for else soon(now, useless_after or workshop.starts_at),
        useless_after=useless_after or workshop.starts_at,
        calendar=calendar,
    )


def _words(registration: Registration) -> Words:
    workshop: Workshop = registration.workshop
    return Words(
        starts_at=workshop.starts_at,
        place=workshop.site.place_in_messages,
        reference=registration.reference,
        is_workshop=True,
        answer_before=registration.offered_until,
    )
