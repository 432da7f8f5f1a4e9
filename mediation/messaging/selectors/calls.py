"""The calls that somebody has to make, the most urgent first."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Attempt, Message


@dataclass(frozen=True)
class Call:
    """One thing to say to somebody, at which number, and when it was tried last."""

    message: Message
    attempt: Attempt


@dataclass(frozen=True)
class CallGroup:
    """Calls that are as urgent as each other."""

    title: str | Promise
    calls: list[Call]


def calls_to_make(user: Any, now: dt.datetime) -> list[CallGroup]:
    """Return the user's calls by urgency; those that nobody picked up come last, until an hour has passed."""
    to_make = Attempt.objects.filter(medium=Medium.CALL_LIST, state=AttemptState.WAITING)
    messages = (
        Message.objects.visible_to(user)
        .to_call(now)
        .select_related("beneficiary", "organisation")
        .prefetch_related(Prefetch("attempts", queryset=to_make, to_attr="to_make"))
        .order_by("useless_after", "recipient", "pk")
    )
    calls = []
    for message in messages:
        for attempt in message.to_make:  # type: ignore[attr-defined]
            attempt.message = message
            calls.append(Call(message, attempt))
    by_title: dict[str | Promise, list[Call]] = {title: [] for title in TITLES}
    for call in calls:
        by_title[_title(call, now)].append(call)
    return [CallGroup(title, found) for title, found in by_title.items() if found]


TODAY, TOMORROW, LATER, TRIED = TITLES = (
    _("À dire aujourd’hui"),
    _("À dire avant demain soir"),
    _("Les jours suivants"),
    _("À rappeler dans l’heure"),
)


def _title(call: Call, now: dt.datetime) -> Promise:
    if call.attempt.not_before is not None and call.attempt.not_before > now:
        return TRIED
    days = (timezone.localdate(call.message.useless_after) - timezone.localdate(now)).days
    return {0: TODAY, 1: TOMORROW}.get(days, LATER)
