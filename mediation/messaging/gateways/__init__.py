"""The ways out: each carries a text to one recipient and says what became of it."""

from django.conf import settings

from mediation.messaging.enums import Medium
from mediation.messaging.gateways.base import Gateway, Outgoing, Receipt, Refused
from mediation.messaging.gateways.file import FileGateway
from mediation.messaging.gateways.mail import ConsoleMailGateway, MailGateway

__all__ = ["STAYS_HERE", "Gateway", "Outgoing", "Receipt", "Refused", "gateway_for"]

CONSOLE_BACKENDS = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "filebased", "dummy")}
# What these "deliver" is written on this machine: no telephone and no mailbox got it, and pages say so.
STAYS_HERE = frozenset({FileGateway.name, ConsoleMailGateway.name})


def gateway_for(medium: str) -> Gateway:
    """Return the gateway that carries this medium."""
    if medium != Medium.EMAIL:
        return FileGateway()
    return ConsoleMailGateway() if settings.EMAIL_BACKEND in CONSOLE_BACKENDS else MailGateway()
