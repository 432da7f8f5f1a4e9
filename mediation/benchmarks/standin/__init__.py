"""A stand-in for the operators of text messages and calls, on this machine, that misbehaves when told to.

The real gateways are pointed to it (TWILIO_BASE_URL, CALLR_BASE_URL), so that what is tested and measured is what runs.
"""

from mediation.benchmarks.standin.ledger import Taken
from mediation.benchmarks.standin.server import StandIn

__all__ = ["StandIn", "Taken"]
