"""Write down how calls ended, many at a time."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, CharField, Value, When
from django.utils import timezone

from mediation.messaging.delivery.claiming import sending
from mediation.messaging.enums import AttemptState
from mediation.messaging.gateways import Receipt, Refused
from mediation.messaging.models import Attempt
from mediation.messaging.services.failing import follow_failure, hold

LONGEST_PROBLEM = 200
# How often the gateway is asked, until a message is given up.
LOOKS = 4

Taken = tuple[Attempt, Receipt]


def pause_between_looks() -> dt.timedelta:
    """Return how long to wait before the gateway is asked (again) whether it took a message."""
    return dt.timedelta(seconds=settings.MESSAGE_GIVEN_UP_SECONDS) / LOOKS


def accept(worker: str, taken: Collection[Taken]) -> None:
    """Note what gateways took, and where it stands by what they said at once."""
    for (state, *_rest), pairs in _grouped(taken, lambda pair: (pair[1].state, pair[1].parts, pair[1].cost)).items():
        receipt = pairs[0][1]
        sending(worker, [attempt.pk for attempt, _receipt in pairs]).become(
            state, timezone.now(), problem="", provider_id=_provider_ids(pairs), **bill(receipt)
        )


def bill(receipt: Receipt) -> dict[str, Any]:
    """Return the columns of what a receipt says of parts and cost."""
    said = {"parts": receipt.parts, "cost": receipt.cost}
    return {column: value for column, value in said.items() if value is not None}


@transaction.atomic
def refuse(worker: str, attempt: Attempt, refusal: Refused) -> None:
    """Close a refused attempt, and do what that asks for."""
    hold(attempt.message)
    attempt.state, attempt.trouble = AttemptState.FAILED, refusal.trouble
    attempt.problem = refusal.problem[:LONGEST_PROBLEM]
    closed = sending(worker, [attempt.pk]).become(
        AttemptState.FAILED, timezone.now(), trouble=attempt.trouble, problem=attempt.problem
    )
    if closed:
        follow_failure(attempt=attempt, is_temporary=refusal.is_temporary)


def lose(worker: str, lost: Collection[tuple[Attempt, Exception]]) -> None:
    """Note that nobody knows what became of these: the gateway is asked in a while."""
    now = timezone.now()
    for problem, pairs in _grouped(lost, lambda pair: str(pair[1])[:LONGEST_PROBLEM]).items():
        keys = [attempt.pk for attempt, _error in pairs]
        Attempt.objects.filter(pk__in=keys, state=AttemptState.SENDING, claimed_by=worker).become(
            AttemptState.UNKNOWN, now, problem=problem, not_before=now + pause_between_looks()
        )


def _provider_ids(pairs: Collection[Taken]) -> Case:
    known = [When(pk=attempt.pk, then=Value(receipt.provider_id)) for attempt, receipt in pairs]
    return Case(*known, output_field=CharField())


def _grouped(pairs: Iterable[Any], key: Any) -> dict[Hashable, list[Any]]:
    groups: dict[Hashable, list[Any]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair)].append(pair)
    return groups
