"""Keep what was planned when something changes that its people need not be told of."""

from mediation.messaging.models import Attempt, Message


def carry_over(*, occasion: str, version: int) -> None:
    """Have what is still to be said about ``occasion`` speak of its new state, which says the same to its people."""
    unsaid = Attempt.objects.callable_back(occasion).values("message")
    Message.objects.filter(pk__in=unsaid, version__lt=version).update(version=version)
