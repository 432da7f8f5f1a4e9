"""People who come without an appointment."""

from helpdesk.selectors.queue.counts import QueueCount, period_of, queue_counts, sites_counted
from helpdesk.selectors.queue.line import Queue, Receiver, Turn, in_order, wait_words
from helpdesk.selectors.queue.mine import (
    MediatorQueue,
    mediator_queue,
    mediator_queues,
    sites_with_queue,
    tickets_to_report,
)
from helpdesk.selectors.queue.reading import queue_of, queues_now

__all__ = [
    "MediatorQueue",
    "Queue",
    "QueueCount",
    "Receiver",
    "Turn",
    "in_order",
    "mediator_queue",
    "mediator_queues",
    "period_of",
    "queue_counts",
    "queue_of",
    "queues_now",
    "sites_counted",
    "sites_with_queue",
    "tickets_to_report",
    "wait_words",
]
