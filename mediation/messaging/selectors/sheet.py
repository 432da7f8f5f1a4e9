"""One message, whole: where it stands, each attempt with its times, what it asks and what was answered."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Attempt, Message, Reply
from mediation.messaging.selectors.other_ways import OtherWay, other_ways
from mediation.messaging.selectors.standing import Standing, attempt_standing, standing

PEOPLE_CLOSE = (Medium.CALL_LIST, Medium.LETTER)


@dataclass(frozen=True)
class Step:
    """One change of state, and when."""

    words: str
    at: dt.datetime


@dataclass(frozen=True)
class AttemptOnSheet:
    """One attempt: where it stands, its times in order, and what only support reads."""

    attempt: Attempt
    standing: Standing
    steps: list[Step]

    @property
    def reference(self) -> str:
        """Our own name for it, which stands in the operator's journal."""
        return f"{self.attempt.message.uid}-{self.attempt.number}"

    @property
    def cost(self) -> Decimal | None:
        """Euros, once the operator has told."""
        return self.attempt.cost


@dataclass(frozen=True)
class MessageSheet:
    """One message: where it stands, each attempt, what came back, how else it may be said, what else was said."""

    message: Message
    standing: Standing
    attempts: list[AttemptOnSheet]
    replies: list[Reply]
    ways: list[OtherWay]
    others: list[tuple[Message, Standing]]

    @property
    def is_open(self) -> bool:
        """Whether what it asks may still be answered."""
        message = self.message
        return bool(message.asks) and message.closed_at is None and message.useless_after > timezone.now()


def message_sheet(message: Message) -> MessageSheet:
    """Return everything about a message (``for_pages``) that its page shows."""
    now = timezone.now()
    attempts = list(message.attempts.select_related("asked_by", "done_by").order_by("number"))
    for attempt in attempts:
        attempt.message = message
    others = Message.objects.for_pages().about(message.occasion).filter(organisation=message.organisation_id)
    last = attempts[-1] if attempts else None
    return MessageSheet(
        message=message,
        standing=standing(message, now),
        attempts=[
            AttemptOnSheet(one, attempt_standing(one, now, is_last=one is last), _steps(one)) for one in attempts
        ],
        replies=list(message.replies.order_by("received_at")),
        ways=other_ways(message, now),
        others=[(one, standing(one, now)) for one in others.exclude(pk=message.pk)],
    )


def _steps(attempt: Attempt) -> list[Step]:
    """Return what is known of an attempt's way, in order; a state without a time of its own is told by its badge."""
    is_by_people = attempt.medium in PEOPLE_CLOSE
    written = attempt.message.created_at if attempt.number == 1 else None
    steps = [
        (_("Écrit"), written),
        (_("Pris en charge"), attempt.claimed_at),
        (_("Remis à l’opérateur"), attempt.sending_at),
        (_("Accepté par l’opérateur"), attempt.accepted_at),
        (_by_whom(_("Postée"), attempt) if attempt.medium == Medium.LETTER else _("Envoyé"), attempt.sent_at),
        (_by_whom(_("Noté"), attempt) if is_by_people else _end(attempt), attempt.ended_at),
    ]
    return [Step(words, at) for words, at in steps if at is not None]


def _by_whom(done: str, attempt: Attempt) -> str:
    """Return who of the desk did it; an agent whose account is gone leaves the desk."""
    return _("{done} par {who}").format(done=done, who=attempt.done_by or _("l’accueil"))


def _end(attempt: Attempt) -> str:
    if attempt.state == AttemptState.DELIVERED:
        return _("Écouté") if attempt.medium == Medium.VOICE else _("Remis")
    return str(AttemptState(attempt.state).label)
