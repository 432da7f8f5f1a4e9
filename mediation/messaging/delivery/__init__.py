"""Deliver what is due. The truth is in the rows: who may send one, until when, and how it ended.

An attempt goes waiting → claimed → sending → what the gateway said. Each step is an UPDATE that names the state it
leaves and the worker that holds it, committed before the next: two workers never send the same attempt, a call back
wins or loses whole, no gateway is called inside a transaction, and a final state is never overwritten. What was being
sent when a worker died, or when a gateway gave no answer, is unknown: the gateway is asked, nothing goes out twice.

One thread speaks to the database, in batches; the others only speak to gateways.
"""

from mediation.messaging.delivery.rescuing import tidy
from mediation.messaging.delivery.round import deliver_due

__all__ = ["deliver_due", "tidy"]
