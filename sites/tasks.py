"""What the worker does for places and public computers."""

from sites import services


def give_back_missed() -> None:
    """Give back the computers of those who reserved and have not come."""
    services.give_back_missed()


def forget_names() -> None:
    """Forget who had a computer days ago."""
    services.forget_names()


def forget_reports() -> None:
    """Erase mistakes that were dealt with months ago."""
    services.forget_reports()
