"""Where messages stand, and how people are reached."""

from mediation.messaging.selectors.spending import Spending, parts_sent, spending
from mediation.messaging.selectors.standing import (
    MessageSheet,
    Standing,
    WorkerStatus,
    message_sheet,
    standing,
    worker_status,
)
from mediation.messaging.selectors.ways import Way, letter_address, way_to_reach, ways_to_reach

__all__ = [
    "MessageSheet",
    "Spending",
    "Standing",
    "Way",
    "WorkerStatus",
    "letter_address",
    "message_sheet",
    "parts_sent",
    "spending",
    "standing",
    "way_to_reach",
    "ways_to_reach",
    "worker_status",
]
