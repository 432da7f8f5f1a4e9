"""Note what operators say became of a message, in whatever order and however often they say it."""

import datetime as dt
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from mediation.messaging.enums import AttemptState, Trouble
from mediation.messaging.models import Attempt, Message
from mediation.messaging.services.failing import follow_failure

LONGEST_PROBLEM = 200
# What each piece of news may overwrite: only what comes before it, never an end. A worker may have died or still wait
# for its answer while the operator already knows: what is being sent, or unknown, was taken.
OPEN = (AttemptState.SENDING, AttemptState.UNKNOWN)
LEAVES = {
    AttemptState.ACCEPTED: OPEN,
    AttemptState.SENT: (*OPEN, AttemptState.ACCEPTED),
    AttemptState.DELIVERED: (*OPEN, AttemptState.ACCEPTED, AttemptState.SENT),
    AttemptState.UNDELIVERED: (*OPEN, AttemptState.ACCEPTED, AttemptState.SENT),
    AttemptState.FAILED: (*OPEN, AttemptState.ACCEPTED, AttemptState.SENT),
}
FAILURES = (AttemptState.UNDELIVERED, AttemptState.FAILED)


@transaction.atomic
def note_progress(
    *,
    reference: str,
    state: AttemptState,
    provider_id: str = "",
    trouble: Trouble | str = "",
    problem: str = "",
    parts: int | None = None,
    cost: Decimal | None = None,
    at: dt.datetime | None = None,
) -> bool:
    """Write down where an attempt stands; say whether that was news.

    Old news, repeated news and news of nothing we know change nothing. What failed is followed up at once.
    """
    attempt = Attempt.objects.named(reference).select_related("message").first()
    if attempt is None or state not in LEAVES:
        return False
    if state in FAILURES:
        # In the order in which everybody locks who opens a next attempt.
        attempt.message = Message.objects.select_for_update().get(pk=attempt.message_id)
    told = {"provider_id": provider_id, "parts": parts, "cost": cost}
    attempt.state, attempt.trouble, attempt.problem = state, trouble, problem[:LONGEST_PROBLEM]
    is_news = Attempt.objects.filter(pk=attempt.pk, state__in=LEAVES[state]).become(
        state,
        at or timezone.now(),
        trouble=attempt.trouble,
        problem=attempt.problem,
        **{column: value for column, value in told.items() if value not in {None, ""}},
    )
    if is_news and state in FAILURES:
        follow_failure(attempt=attempt)
    return bool(is_news)
