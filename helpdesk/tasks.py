"""What the worker does for individual help."""

from helpdesk import services


def expire_holds() -> None:
    """Give back times that were kept until now, and offer them on."""
    services.expire_holds()
