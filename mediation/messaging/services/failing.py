"""What follows a failure: what is learnt of the line, and the next attempt, by a machine or by somebody."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from mediation.messaging.enums import ANSWERS, AttemptState, Medium, MessageKind, Trouble
from mediation.messaging.models import Attempt, Line, Message
from mediation.messaging.selectors import way_to_reach
from mediation.messaging.services.changing import change_way

# After a temporary refusal: how long each further attempt waits.
PAUSES = (dt.timedelta(minutes=1), dt.timedelta(minutes=5), dt.timedelta(minutes=30))
# A telephone that is off, nobody at home: once more, later.
ONCE_MORE = {Trouble.OUT_OF_REACH: dt.timedelta(minutes=30), Trouble.NO_ANSWER: dt.timedelta(hours=1)}
LEARNT = {
    Trouble.NOT_MOBILE: "no_sms_since",
    Trouble.OPTED_OUT: "refuses_since",
    Trouble.WRONG_NUMBER: "is_wrong_since",
    Trouble.WRONG_ADDRESS: "is_wrong_since",
}
ANOTHER_WAY = (Trouble.NOT_MOBILE, Trouble.WRONG_NUMBER, Trouble.WRONG_ADDRESS)
# Whoever is not told of these comes for nothing, or misses something, however far away it is.
MUST_BE_SAID = (
    MessageKind.MOVED,
    MessageKind.CANCELLED,
    MessageKind.NEW_TIMES,
    MessageKind.SEAT_OFFERED,
    MessageKind.EARLIER_OFFERED,
)
SOON = dt.timedelta(hours=24)


def hold(message: Message) -> None:
    """Lock a message before its attempts: in this order everybody does who ends one and opens the next (``void``)."""
    Message.objects.select_for_update().filter(pk=message.pk).first()


def follow_failure(*, attempt: Attempt, is_temporary: bool = False) -> Attempt | None:
    """Do what the end of an attempt (failed, undelivered; written in this transaction) asks for.

    What its trouble says of the line is kept. Then, where it still means something: the same again later, another way
    that reaches the person, or a line of the call list where a machine can do no more and somebody should know.
    """
    now, message = timezone.now(), attempt.message
    if attempt.trouble in LEARNT:
        _learn(attempt.said_to, LEARNT[Trouble(attempt.trouble)], now)
    is_over = message.voided_at is not None or message.useless_after <= now or message.kind in ANSWERS
    if is_over or attempt.trouble == Trouble.OPTED_OUT:
        return None
    if attempt.trouble in ANOTHER_WAY and (other := _as_known_now(attempt)):
        return other
    pause = _pause(attempt, is_temporary=is_temporary)
    if pause and now + pause < message.useless_after:
        return try_again(attempt=attempt, later=now + pause)
    return call_instead(message=message) if is_urgent(message, now) else None


def try_again(*, attempt: Attempt, later: dt.datetime | None = None) -> Attempt:
    """Open the next attempt by the same way; the one before it is over."""
    return Attempt.objects.create(
        message=attempt.message,
        number=attempt.number + 1,
        medium=attempt.medium,
        recipient=attempt.recipient,
        body=attempt.body,
        state=AttemptState.WAITING,
        state_at=timezone.now(),
        not_before=later,
        parts=attempt.parts,
    )


def call_instead(*, message: Message) -> Attempt | None:
    """Have somebody say on the telephone what no machine can; nothing is left to do where there is no number."""
    return by_another_way(message=message, medium=Medium.CALL_LIST)


def by_another_way(*, message: Message, medium: Medium) -> Attempt | None:
    """Open the next attempt by ``medium``, where the message still means something and the person has what it takes."""
    try:
        return change_way(message=message, medium=medium)
    except ValidationError:
        return None


def is_urgent(message: Message, now: dt.datetime) -> bool:
    """Say whether somebody should see that a message did not arrive."""
    return message.kind not in ANSWERS and (message.kind in MUST_BE_SAID or message.useless_after - now <= SOON)


def _learn(recipient: str, column: str, now: dt.datetime) -> None:
    line, _is_new = Line.objects.get_or_create(recipient=recipient)
    Line.objects.filter(pk=line.pk, **{f"{column}__isnull": True}).update(**{column: now})


def _as_known_now(attempt: Attempt) -> Attempt | None:
    """Go on by what reaches the person now that more is known of the line."""
    message = attempt.message
    if message.beneficiary is None:
        return None
    way = way_to_reach(message.beneficiary)
    is_same = (way.medium, way.recipient) == (attempt.medium, attempt.said_to)
    return None if way.refusal or is_same else by_another_way(message=message, medium=way.medium)


def _pause(attempt: Attempt, *, is_temporary: bool) -> dt.timedelta | None:
    """Return how long to wait before the same again; None where it was tried often enough."""
    if not is_temporary and attempt.trouble not in ONCE_MORE:
        return None
    made = Attempt.objects.filter(message=attempt.message_id, medium=attempt.medium, number__lte=attempt.number)
    pauses = PAUSES if is_temporary else (ONCE_MORE[Trouble(attempt.trouble)],)
    return dict(enumerate(pauses, start=1)).get(made.count())
