"""What the worker does for workshops."""

from workshops import services


def expire_offers() -> None:
    """Give back seats that were kept and not taken, and offer them on."""
    services.expire_offers()
