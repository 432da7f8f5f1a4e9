"""Write messages in the transaction of what they speak of, call them back, and note what became of them."""

from mediation.messaging.services.calls import mark_called
from mediation.messaging.services.carrying import carry_over
from mediation.messaging.services.planning import plan, plan_booked_and_reminder, void
from mediation.messaging.services.ways import Way, way_to_reach
from mediation.messaging.services.workers import beat, rest

__all__ = [
    "Way",
    "beat",
    "carry_over",
    "mark_called",
    "plan",
    "plan_booked_and_reminder",
    "rest",
    "void",
    "way_to_reach",
]
