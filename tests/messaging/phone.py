"""Somebody's telephone: text messages arrive on it, and it sends replies."""

from itertools import count

from django.utils import timezone

from mediation.messaging import services
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message, Reply

LUCETTE = "+33639980001"
# What we write by ourselves; everything else answers somebody.
WRITTEN_FIRST = (MessageKind.BOOKED, MessageKind.REMINDER, MessageKind.EARLY_REMINDER, MessageKind.REGISTERED)
numbers = count(1)


def send(body: str, *, sender: str = LUCETTE, provider_id: str = "", medium: Medium = Medium.SMS, **more) -> Reply:
    """Send a reply, as an operator hands it over."""
    return services.receive(
        gateway="test",
        provider_id=provider_id or f"SM{next(numbers)}",
        sender=sender,
        body=body,
        medium=medium,
        at=timezone.now(),
        **more,
    )


def read(*messages: Message) -> None:
    """Have messages arrive; without any, everything that is due."""
    waiting = Attempt.objects.filter(state=AttemptState.WAITING, message__due_at__lte=timezone.now())
    if messages:
        waiting = Attempt.objects.filter(message__in=messages)
    waiting.become(AttemptState.DELIVERED, timezone.now())


def said_since(number: str = LUCETTE) -> list[str]:
    """Return what a number was answered, called back or not, in order."""
    rows = Message.objects.filter(recipient=number).exclude(kind__in=WRITTEN_FIRST).order_by("pk")
    return [str(kind) for kind in rows.values_list("kind", flat=True)]
