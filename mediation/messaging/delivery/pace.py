"""How many messages one process hands over in a second."""

import time

from django.conf import settings

LEAST = 1.0
# After an operator asked to slow down: how long until the usual pace is reached again.
RECOVERS_IN_SECONDS = 60


class Pace:
    """A bucket that fills with MESSAGES_PER_SECOND, half as quickly each time an operator asks to slow down."""

    def __init__(self) -> None:
        self.rate = self.left = float(settings.MESSAGES_PER_SECOND)
        self.read_at = time.monotonic()

    def room(self) -> int:
        """Return how many messages may leave now."""
        now, usual = time.monotonic(), float(settings.MESSAGES_PER_SECOND)
        passed, self.read_at = now - self.read_at, now
        self.rate = min(usual, self.rate + usual * passed / RECOVERS_IN_SECONDS)
        self.left = min(max(self.rate, LEAST), self.left + self.rate * passed)
        return int(self.left)

    def spend(self, number: int) -> None:
        """Note that messages have left."""
        self.left -= number

    def slow_down(self) -> None:
        """Hand over fewer for a while."""
        self.rate = max(LEAST, self.rate / 2)
        self.left = min(self.left, 0.0)
