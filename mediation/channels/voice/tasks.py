"""What the worker does for the voice line."""

from mediation.channels.voice import services


def forget_calls() -> None:
    """Keep no number of those who called."""
    services.forget_calls()
