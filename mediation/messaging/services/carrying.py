"""Keep what was planned when something changes that its people need not be told of."""

from mediation.messaging.enums import CALLABLE_BACK, AttemptState
from mediation.messaging.models import Attempt, Message

NOT_TAKEN_YET = (*CALLABLE_BACK, AttemptState.SENDING, AttemptState.UNKNOWN)


def carry_over(*, occasion: str, version: int) -> None:
    """Have what is still to be said about ``occasion`` speak of its new state, which says the same to its people.

    What is just being said may have to be said again.
    """
    unsaid = Attempt.objects.filter(message__occasion=occasion, state__in=NOT_TAKEN_YET).values("message")
    Message.objects.filter(pk__in=unsaid, version__lt=version).update(version=version)
