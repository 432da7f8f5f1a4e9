"""Write messages in the transaction of what they speak of, call them back, and note what became of them."""

from mediation.messaging.selectors import Way, way_to_reach, ways_to_reach
from mediation.messaging.services.calls import call_later, mark_called
from mediation.messaging.services.carrying import carry_over
from mediation.messaging.services.changing import change_way
from mediation.messaging.services.failing import follow_failure
from mediation.messaging.services.letters import mark_posted, take_back_posted
from mediation.messaging.services.lines import accept_messages, refuse_messages
from mediation.messaging.services.on_the_phone import said_on_the_phone
from mediation.messaging.services.planning import plan, plan_booked_and_reminders, void
from mediation.messaging.services.progress import note_progress
from mediation.messaging.services.replies import mark_handled, receive
from mediation.messaging.services.saying import Question, answer, say
from mediation.messaging.services.workers import beat, rest
from mediation.messaging.services.written import write_back

__all__ = [
    "Question",
    "Way",
    "accept_messages",
    "answer",
    "beat",
    "call_later",
    "carry_over",
    "change_way",
    "follow_failure",
    "mark_called",
    "mark_handled",
    "mark_posted",
    "note_progress",
    "plan",
    "plan_booked_and_reminders",
    "receive",
    "refuse_messages",
    "rest",
    "said_on_the_phone",
    "say",
    "take_back_posted",
    "void",
    "way_to_reach",
    "ways_to_reach",
    "write_back",
]
