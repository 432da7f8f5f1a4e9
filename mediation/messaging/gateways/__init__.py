"""The ways out: each carries a text to one recipient and says what became of it."""

from django.conf import settings

from mediation.messaging.enums import Medium
from mediation.messaging.gateways.base import Down, Gateway, Outgoing, Receipt, Refused
from mediation.messaging.gateways.callr import CallrGateway
from mediation.messaging.gateways.file import FileGateway
from mediation.messaging.gateways.mail import ConsoleMailGateway, MailGateway
from mediation.messaging.gateways.twilio import TwilioGateway

__all__ = [
    "STAYS_HERE",
    "CallrGateway",
    "Down",
    "Gateway",
    "Outgoing",
    "Receipt",
    "Refused",
    "TwilioGateway",
    "chain",
    "gateway_for",
    "media_that_stay",
    "named",
]

CONSOLE_BACKENDS = {f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "filebased", "dummy")}
# What these "deliver" is written on this machine: no telephone and no mailbox got it, and pages say so.
STAYS_HERE = frozenset({FileGateway.name, ConsoleMailGateway.name})
# One of each: they keep no state of a message, only connections that are dear to open.
GATEWAYS: dict[str, Gateway] = {
    made.name: made for made in (FileGateway(), MailGateway(), ConsoleMailGateway(), TwilioGateway(), CallrGateway())
}


def chain(medium: str) -> tuple[Gateway, ...]:
    """Return the gateways that carry this medium, the one to try first at the front; none for what people say."""
    match medium:
        case Medium.SMS:
            names = settings.SMS_GATEWAYS
        case Medium.VOICE:
            names = settings.VOICE_GATEWAYS
        case Medium.EMAIL:
            is_console = settings.EMAIL_BACKEND in CONSOLE_BACKENDS
            names = (ConsoleMailGateway.name if is_console else MailGateway.name,)
        case _:
            names = ()
    return tuple(named(name) for name in names)


def media_that_stay() -> frozenset[str]:
    """Return the media that nothing carries out of this machine."""
    return frozenset(medium for medium in Medium.values if any(way.name in STAYS_HERE for way in chain(medium)[:1]))


def named(name: str) -> Gateway:
    """Return the gateway of that name. Raises KeyError where there is none."""
    return GATEWAYS[name]


def gateway_for(medium: str) -> Gateway:
    """Return the gateway that carries this medium."""
    return chain(medium)[0]
