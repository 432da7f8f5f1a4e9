"""What the worker does for individual help."""

from helpdesk import services
from helpdesk.services.external_calendars import read_due_calendars
from mediation.accounts.actor import Actor, Door


def expire_holds() -> None:
    """Give back times that were kept until now, and offer them on."""
    services.expire_holds()


def read_external_calendars() -> None:
    """Read the calendars that mediators keep elsewhere, each every quarter of an hour."""
    read_due_calendars(by=Actor(door=Door.WORKER))
