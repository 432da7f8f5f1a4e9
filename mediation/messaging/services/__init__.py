"""Write messages in the transaction of what they speak of, call them back, and note what became of them."""

from mediation.messaging.selectors import Way, way_to_reach, ways_to_reach
from mediation.messaging.services.calls import mark_called
from mediation.messaging.services.carrying import carry_over
from mediation.messaging.services.changing import change_way
from mediation.messaging.services.planning import plan, plan_booked_and_reminders, void
from mediation.messaging.services.workers import beat, rest

__all__ = [
    "Way",
    "beat",
    "carry_over",
    "change_way",
    "mark_called",
    "plan",
    "plan_booked_and_reminders",
    "rest",
    "void",
    "way_to_reach",
    "ways_to_reach",
]
