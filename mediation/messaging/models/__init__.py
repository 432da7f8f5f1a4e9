"""The ledger of messages, what is known of lines, replies, wordings and gateways."""

from mediation.messaging.models.engine import GatewayState, WorkerBeat
from mediation.messaging.models.line import Line
from mediation.messaging.models.message import Attempt, Message
from mediation.messaging.models.reply import Reply
from mediation.messaging.models.wording import OwnWording

__all__ = ["Attempt", "GatewayState", "Line", "Message", "OwnWording", "Reply", "WorkerBeat"]
