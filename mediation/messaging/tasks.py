"""What the worker does for messages besides sending them."""

from django.utils import timezone

from mediation.messaging.delivery.forgetting import forget_bodies
from mediation.messaging.services import erasing

# When the clocks change, this hour comes twice or never.
NO_JOB_AT = 2


def forget() -> None:
    """Have operators erase what they need no longer keep."""
    if timezone.localtime().hour != NO_JOB_AT:
        forget_bodies()


def forget_strangers() -> None:
    """Keep no text by or to a number that is on nobody's file."""
    erasing.forget_strangers()
