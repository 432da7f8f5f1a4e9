"""Numbers that want no more messages, and want them again."""

import datetime as dt

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Channel
from mediation.kernel.gsm7 import count_parts
from mediation.messaging.enums import CALLABLE_BACK, AttemptState, Medium, Trouble
from mediation.messaging.models import Attempt, Line, Message

# What STOP stops: nobody of the network speaks in them.
STOPPED = (Medium.SMS, Medium.VOICE)


def refuse_messages(*, number: str, at: dt.datetime) -> bool:
    """Send nothing more to a number; False where it had said so before. What it is expected at stays."""
    line, _is_new = Line.objects.get_or_create(recipient=number)
    if line.refuses_since:
        return False
    Line.objects.filter(pk=line.pk).update(refuses_since=at)
    waiting = Attempt.objects.to_number(number).filter(state__in=CALLABLE_BACK, medium__in=STOPPED)
    waiting.become(
        AttemptState.SKIPPED,
        timezone.now(),
        trouble=Trouble.OPTED_OUT,
        problem=_("Ce numéro ne veut plus recevoir de messages."),
    )
    return True


def accept_messages(*, number: str) -> None:
    """Send messages to a number again: what is still to come of what was planned meanwhile goes out as well."""
    if not Line.objects.filter(recipient=number, refuses_since__isnull=False).update(refuses_since=None):
        return
    now = timezone.now()
    to_come = Message.objects.filter(
        recipient=number, medium__in=STOPPED, voided_at__isnull=True, due_at__gt=now, useless_after__gt=now
    ).exclude(beneficiary__preferred_channel=Channel.NONE)
    skipped = to_come.exclude(attempts__in=Attempt.objects.exclude(state=AttemptState.SKIPPED))
    Attempt.objects.bulk_create(
        Attempt(
            message=message,
            number=message.last + 1,
            medium=message.medium,
            state=AttemptState.WAITING,
            state_at=now,
            parts=count_parts(message.body) if message.medium == Medium.SMS else 0,
        )
        for message in skipped.annotate(last=Max("attempts__number"))
    )
