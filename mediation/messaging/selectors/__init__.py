"""Where messages stand, and how people are reached."""

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
    "Standing",
    "Way",
    "WorkerStatus",
    "letter_address",
    "message_sheet",
    "standing",
    "way_to_reach",
    "ways_to_reach",
    "worker_status",
]
