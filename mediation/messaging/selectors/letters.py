"""The letters to print and to post, and those that were."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Attempt, Message
from mediation.messaging.schedule import BY_POST

POSTED_SINCE = dt.timedelta(hours=24)
# Whoever posts it now may still hope that it arrives.
SHORTEST_POST = dt.timedelta(days=2)


@dataclass(frozen=True)
class WaitingLetter:
    """One letter to post; ``comes_too_late`` where the post cannot bring it in time any more."""

    attempt: Attempt
    comes_too_late: bool


@dataclass(frozen=True)
class Letters:
    """What waits, the most urgent first, and what was posted since yesterday."""

    waiting: list[WaitingLetter]
    posted: list[Attempt]


def letters(user: Any, now: dt.datetime) -> Letters:
    """Return the letters of the user's organisations."""
    mine = Message.objects.visible_to(user)
    rows = Attempt.objects.filter(medium=Medium.LETTER).select_related("message__beneficiary", "message__organisation")
    waiting = rows.filter(message__in=mine.to_post(now + BY_POST, now), state=AttemptState.WAITING)
    posted = rows.filter(message__in=mine, state=AttemptState.SENT, sent_at__gt=now - POSTED_SINCE)
    return Letters(
        waiting=[
            WaitingLetter(one, comes_too_late=one.message.useless_after - now < SHORTEST_POST)
            for one in waiting.order_by("message__useless_after", "pk")
        ],
        posted=list(posted.order_by("-sent_at", "pk")),
    )
