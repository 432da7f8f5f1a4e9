"""The ways out: each carries a text to one recipient and says what became of it."""

from mediation.messaging.enums import Medium
from mediation.messaging.gateways.base import Gateway, Outgoing, Receipt, Refused
from mediation.messaging.gateways.file import FileGateway
from mediation.messaging.gateways.mail import MailGateway

__all__ = ["Gateway", "Outgoing", "Receipt", "Refused", "gateway_for"]


def gateway_for(medium: str) -> Gateway:
    """Return the gateway that carries this medium."""
    return MailGateway() if medium == Medium.EMAIL else FileGateway()
