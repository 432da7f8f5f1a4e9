"""People who come without an appointment."""

from helpdesk.selectors.queue.line import Queue, Receiver, Turn, in_order, wait_words
from helpdesk.selectors.queue.reading import queue_of, queues_now

__all__ = ["Queue", "Receiver", "Turn", "in_order", "queue_of", "queues_now", "wait_words"]
