"""Deliver what is due. The truth is in the rows: who may send one, until when, and how it ended.

An attempt goes waiting → claimed → sending → what the gateway said. Each step is an UPDATE that names the state it
leaves and the claim it holds, committed before the next: two workers never send the same attempt, a call back wins
or loses whole, no gateway is called inside a transaction, and a final state is never overwritten.
"""

import datetime as dt
import logging
from collections.abc import Callable

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.messaging import gateways, wording
from mediation.messaging.enums import AttemptState, MessageKind
from mediation.messaging.models import Attempt

logger = logging.getLogger(__name__)

BATCH = 10
LEASE = dt.timedelta(minutes=5)
# After a temporary refusal: how long each further attempt waits.
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30))
LONGEST_PROBLEM = 200


def deliver_due(*, should_stop: Callable[[], bool] = lambda: False) -> int:
    """Send everything that is due; return how many attempts were made. Stops between two messages when asked."""
    made = 0
    while not should_stop() and (batch := claim(limit=BATCH)):
        for attempt in batch:
            if should_stop():
                _give_back(attempt)
            elif _start(attempt):
                _send(attempt)
                made += 1
    return made


@transaction.atomic
def claim(*, limit: int) -> list[Attempt]:
    """Keep up to ``limit`` due attempts for this worker, for the time of a lease."""
    now = timezone.now()
    due = Attempt.objects.due(now).by_machine().select_related("message").order_by("message__due_at", "pk")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    return [attempt for attempt in due[:limit] if _claim_one(attempt, now)]


def tidy() -> None:
    """Close what can no longer be sent: too late to mean anything, or lost with its worker while being sent."""
    now = timezone.now()
    Attempt.objects.too_late(now).update(
        state=AttemptState.EXPIRED, state_at=now, problem=_("Trop tard pour être utile."), claimed_until=None
    )
    Attempt.objects.lost(now).update(
        state=AttemptState.UNKNOWN, state_at=now, problem=_("Interrompu pendant l’envoi."), claimed_until=None
    )


def _claim_one(attempt: Attempt, now: dt.datetime) -> bool:
    """Take one attempt; the end of the claim is also its token, so a claim that was lost never works on."""
    found = Attempt.objects.filter(pk=attempt.pk, state=attempt.state, claimed_until=attempt.claimed_until)
    until = now + LEASE
    if not found.update(state=AttemptState.CLAIMED, state_at=now, claimed_until=until):
        return False
    attempt.state, attempt.claimed_until = AttemptState.CLAIMED, until
    return True


def _give_back(attempt: Attempt) -> None:
    _held(attempt).update(state=AttemptState.WAITING, state_at=timezone.now(), claimed_until=None)


def _start(attempt: Attempt) -> bool:
    """Say, for everybody to see, that the gateway is about to be called; False where it may not be."""
    now = timezone.now()
    until = now + LEASE
    still_useful = _held(attempt).filter(message__useless_after__gt=now)
    if not still_useful.update(
        state=AttemptState.SENDING,
        state_at=now,
        claimed_until=until,
        gateway=gateways.gateway_for(attempt.medium).name,
    ):
        return False
    attempt.state, attempt.claimed_until = AttemptState.SENDING, until
    return True


def _send(attempt: Attempt) -> None:
    try:
        receipt = gateways.gateway_for(attempt.medium).send(_outgoing(attempt))
    except gateways.Refused as refusal:
        _refuse(attempt, refusal)
    except Exception as error:
        logger.exception("Attempt %s: nobody knows whether it arrived", attempt.pk)
        _finish(attempt, AttemptState.UNKNOWN, problem=str(error))
    else:
        _finish(attempt, receipt.state, provider_id=receipt.provider_id)


def _outgoing(attempt: Attempt) -> gateways.Outgoing:
    message = attempt.message
    return gateways.Outgoing(
        reference=f"{message.uid}-{attempt.number}",
        medium=attempt.medium,
        recipient=message.recipient,
        subject=wording.subject(MessageKind(message.kind)),
        body=message.body,
        calendar=message.calendar,
    )


@transaction.atomic
def _refuse(attempt: Attempt, refusal: gateways.Refused) -> None:
    """Close a refused attempt; where it is worth it, open the next one for later."""
    if not _finish(attempt, AttemptState.FAILED, problem=refusal.problem):
        return
    if not refusal.is_temporary or attempt.number > len(PAUSES):
        return
    now = timezone.now()
    later = now + PAUSES[attempt.number - 1]
    if later < attempt.message.useless_after:
        Attempt.objects.create(
            message=attempt.message,
            number=attempt.number + 1,
            medium=attempt.medium,
            state=AttemptState.WAITING,
            state_at=now,
            not_before=later,
            parts=attempt.parts,
        )


def _finish(attempt: Attempt, state: AttemptState, *, provider_id: str = "", problem: str = "") -> bool:
    return bool(
        _held(attempt).update(
            state=state,
            state_at=timezone.now(),
            claimed_until=None,
            provider_id=provider_id,
            problem=problem[:LONGEST_PROBLEM],
        )
    )


def _held(attempt: Attempt):
    """Return the row of an attempt if it is still ours and where we left it."""
    return Attempt.objects.filter(pk=attempt.pk, state=attempt.state, claimed_until=attempt.claimed_until)
