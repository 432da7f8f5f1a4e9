"""What people do of letters: they post them."""

import datetime as dt
from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from mediation.accounts.actor import Actor
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Attempt, Message
from mediation.messaging.querysets import AttemptQuerySet

# Taken back within the day: a letter that was put aside, a wrong click.
TAKEN_BACK_WITHIN = dt.timedelta(hours=24)


@transaction.atomic
def mark_posted(*, messages: Collection[UUID], by: Actor) -> int:
    """Note that these letters, named by their messages, went to the post; return how many were still to be posted."""
    waiting = _letters(messages).filter(state=AttemptState.WAITING)
    return waiting.become(AttemptState.SENT, timezone.now(), done_by=by.user)


@transaction.atomic
def take_back_posted(*, messages: Collection[UUID], by: Actor) -> int:
    """Have letters that were noted by mistake wait again; return how many."""
    now = timezone.now()
    posted = _letters(messages).filter(state=AttemptState.SENT, sent_at__gt=now - TAKEN_BACK_WITHIN)
    return posted.become(AttemptState.WAITING, now, sent_at=None, done_by=None)


def _letters(messages: Collection[UUID]) -> AttemptQuerySet:
    # By key, not by a join: an update that joins is a subquery, which would not read again what has just changed.
    keys = list(Message.objects.filter(uid__in=messages).values_list("pk", flat=True))
    return Attempt.objects.filter(message__in=keys, medium=Medium.LETTER)
