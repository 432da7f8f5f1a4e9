"""Take attempts for one worker, and give back what it cannot start."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Case, QuerySet, Value, When
from django.utils import timezone

from mediation.messaging.enums import CALLABLE_BACK, REMINDERS, AttemptState
from mediation.messaging.models import Attempt

# Somebody who has just booked or replied has the telephone in their hand; reminders are many and can wait a minute.
FIRST_THE_FEW = Case(When(message__kind__in=REMINDERS, then=Value(1)), default=Value(0))


def lease(now: dt.datetime) -> dt.datetime:
    """Return until when a worker keeps what it takes now, should it die."""
    return now + dt.timedelta(seconds=settings.MESSAGE_LEASE_SECONDS)


@transaction.atomic
def claim(*, worker: str, media: Collection[str], limit: int) -> list[Attempt]:
    """Keep up to ``limit`` due attempts for this worker, those of ``media`` only."""
    now = timezone.now()
    due = Attempt.objects.due(now).filter(medium__in=media).select_related("message__beneficiary")
    batch = list(_unlocked(due.order_by(FIRST_THE_FEW, "message__due_at", "pk"))[:limit])
    if batch:
        taken = Attempt.objects.filter(pk__in=[attempt.pk for attempt in batch], state__in=CALLABLE_BACK)
        taken.become(AttemptState.CLAIMED, now, claimed_by=worker, claimed_until=lease(now))
    return batch


@transaction.atomic
def claim_unknown(*, worker: str, limit: int) -> list[Attempt]:
    """Keep up to ``limit`` attempts that nobody knows about, to ask the gateway; their state stays what it is."""
    now = timezone.now()
    batch = list(_unlocked(Attempt.objects.to_look_for(now).select_related("message").order_by("pk"))[:limit])
    if batch:
        taken = Attempt.objects.filter(pk__in=[attempt.pk for attempt in batch], state=AttemptState.UNKNOWN)
        taken.update(claimed_by=worker, claimed_until=lease(now))
    return batch


def start(*, worker: str, attempts: Sequence[Attempt], gateway: str) -> list[Attempt]:
    """Say, for everybody to see, that the gateway is about to be called; return those for which it may be."""
    now, keys = timezone.now(), [attempt.pk for attempt in attempts]
    held = Attempt.objects.filter(pk__in=keys, state=AttemptState.CLAIMED, claimed_by=worker)
    changed = held.become(AttemptState.SENDING, now, gateway=gateway, claimed_until=lease(now))
    for attempt in attempts:
        attempt.gateway, attempt.sending_at = gateway, now
    if changed == len(keys):
        return list(attempts)
    # Somebody called one back meanwhile, or the lease was over and another worker took it.
    mine = set(sending(worker, keys).values_list("pk", flat=True))
    return [attempt for attempt in attempts if attempt.pk in mine]


def take_back(*, worker: str, attempts: Sequence[Attempt]) -> None:
    """Keep, for another gateway, what one did not take."""
    now = timezone.now()
    found = sending(worker, [attempt.pk for attempt in attempts])
    found.become(AttemptState.CLAIMED, now, claimed_until=lease(now), gateway="", sending_at=None)


def give_back(*, worker: str, attempts: Collection[Attempt], not_before: dt.datetime | None = None) -> None:
    """Let anybody take, at once or later, what did not leave."""
    if attempts:
        held = Attempt.objects.filter(pk__in=[attempt.pk for attempt in attempts], claimed_by=worker)
        held = held.filter(state__in=(AttemptState.CLAIMED, AttemptState.SENDING))
        held.become(AttemptState.WAITING, timezone.now(), gateway="", sending_at=None, not_before=not_before)


def sending(worker: str, keys: Collection[int]) -> QuerySet[Attempt]:
    """Return what this worker was sending, also where the lease ended meanwhile and nobody has asked the gateway."""
    states = (AttemptState.SENDING, AttemptState.UNKNOWN)
    return Attempt.objects.filter(pk__in=keys, state__in=states, claimed_by=worker)


def _unlocked(attempts: QuerySet[Attempt]) -> QuerySet[Attempt]:
    """Leave out what another worker is taking at this moment; on SQLite there is one writer at a time anyway."""
    if connection.features.has_select_for_update_skip_locked:
        return attempts.select_for_update(skip_locked=True, of=("self",))
    return attempts
