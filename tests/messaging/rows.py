"""Messages written straight into the ledger, for pages that show them."""

from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from tests.cast import NOW, at


def make(cast, number=1, organisation=None, state=AttemptState.WAITING, attempt=None, **fields):
    """Write a message with its first attempt; ``attempt`` are columns of that one."""
    message = Message.objects.create(
        **{
            "organisation": organisation or cast.mairie,
            "beneficiary": cast.lucette,
            "occasion": f"test:{number}",
            "version": 1,
            "kind": MessageKind.BOOKED,
            "recipient": "+33639980001",
            "medium": Medium.SMS,
            "body": "Bonjour",
            "due_at": NOW,
            "useless_after": at(14, days=2),
            **fields,
        }
    )
    Attempt.objects.create(
        message=message, **{"medium": message.medium, "state": state, "state_at": NOW, **(attempt or {})}
    )
    return message
