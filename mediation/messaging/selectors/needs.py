"""What of the messages needs somebody: counted for the head of the page."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from directory import rules
from directory.models import Organisation
from mediation.messaging.models import Message
from mediation.messaging.schedule import BY_POST
from mediation.messaging.selectors.replies import count_replies
from mediation.messaging.selectors.spending import ALERT_SHARE, parts_sent


@dataclass(frozen=True)
class Needs:
    """How many calls, letters, failures and replies wait for somebody; whose text messages come to their limit."""

    calls: int
    letters: int
    to_check: int
    replies: int
    near_limit: list[str]

    @property
    def is_nothing(self) -> bool:
        """Whether everybody may go on with something else."""
        return not (self.calls or self.letters or self.to_check or self.replies)


def needs(user: Any, now: dt.datetime) -> Needs:
    """Return what waits for the user's organisations."""
    mine = Message.objects.visible_to(user)
    return Needs(
        calls=mine.to_call(now).count(),
        letters=mine.to_post(now + BY_POST, now).count(),
        to_check=mine.for_pages().to_check(now).count(),
        replies=count_replies(user),
        near_limit=_near_limit(user, now),
    )


def _near_limit(user: Any, now: dt.datetime) -> list[str]:
    """Return the names of the user's organisations whose text messages come to the limit of the month."""
    mine = Organisation.objects.filter(pk__in=rules.organisation_ids(user), sms_parts_per_month__isnull=False)
    limits = {one.pk: one for one in mine.order_by("name")}
    parts = parts_sent(limits, timezone.localdate(now)) if limits else {}
    return [one.name for pk, one in limits.items() if parts.get(pk, 0) >= ALERT_SHARE * (one.sms_parts_per_month or 0)]
