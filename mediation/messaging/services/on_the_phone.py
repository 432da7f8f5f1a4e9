"""What a call answers by itself: whoever pressed a key hears it at once, and nobody says it to them again."""

from django.db.models import Max
from django.utils import timezone

from mediation.messaging.enums import CALLABLE_BACK, REMINDERS, AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message, Reply
from mediation.messaging.wording import Words, render


def last_written(number: str) -> int:
    """Return the key of what was last written to a number, to find what an answer adds."""
    return Message.objects.filter(recipient=number).aggregate(last=Max("pk"))["last"] or 0


def say_on_the_phone(*, reply: Reply, since: int) -> None:
    """Have the call in which ``reply`` came say what was written to its number ``since``, in place of every other way.

    Reminders, and what is said later, stay what they are.
    """
    now = timezone.now()
    written = Attempt.objects.filter(message__pk__gt=since, message__recipient=reply.sender, message__due_at__lte=now)
    for attempt in (
        written.filter(state__in=CALLABLE_BACK).exclude(message__kind__in=REMINDERS).select_related("message")
    ):
        message = attempt.message
        text = render(
            MessageKind(message.kind), Medium.VOICE, Words.from_json(message.words), language=message.language
        )
        Attempt.objects.filter(pk=attempt.pk, state__in=CALLABLE_BACK).become(
            AttemptState.DELIVERED,
            now,
            medium=Medium.VOICE,
            body=text,
            parts=0,
            gateway=reply.gateway,
            provider_id=reply.provider_id,
            # The operator keeps no text of what its call says on our word.
            redacted_at=now,
        )


def said_on_the_phone(reply: Reply) -> list[Attempt]:
    """Return what the call says in answer to ``reply``: the same again where the operator asks again."""
    said = Attempt.objects.filter(gateway=reply.gateway, provider_id=reply.provider_id, medium=Medium.VOICE)
    return list(said.select_related("message").order_by("pk"))
