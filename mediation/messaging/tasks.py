"""What the worker does for messages besides sending them."""

from django.utils import timezone

from mediation.messaging.delivery.forgetting import forget_bodies

# When the clocks change, this hour comes twice or never.
NO_JOB_AT = 2


def forget() -> None:
    """Have operators erase what they need no longer keep."""
    if timezone.localtime().hour != NO_JOB_AT:
        forget_bodies()
