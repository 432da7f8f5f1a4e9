"""Close an attempt that nobody has handed to an operator."""

import datetime as dt

from mediation.accounts.actor import Actor
from mediation.messaging.enums import CALLABLE_BACK, AttemptState
from mediation.messaging.models import Attempt


def finish_uncalled(
    pk: int, state: AttemptState, now: dt.datetime, problem: str = "", *, by: Actor | None = None
) -> bool:
    """Close an attempt unless it left meanwhile: the condition is in the UPDATE, so nobody is overwritten."""
    still_here = Attempt.objects.filter(pk=pk, state__in=CALLABLE_BACK)
    return bool(still_here.become(state, now, ended_at=now, problem=problem, done_by=by and by.user))
