"""Twilio: text messages and calls, through its own package."""

from mediation.messaging.gateways.twilio.gateway import TwilioGateway

__all__ = ["TwilioGateway"]
