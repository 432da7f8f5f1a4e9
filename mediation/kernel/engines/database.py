"""The queue in our own tables, by django-tasks-db. It retries nothing and knows no lost worker: ``take_over`` does."""

import datetime as dt

from django.db.models import Count, Min
from django.utils import timezone
from django_tasks import TaskResultStatus, default_task_backend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from mediation.kernel.engines import Waiting

# Our tasks take seconds. One that runs for so long has lost its worker.
LEASE = dt.timedelta(minutes=10)
KEPT_FOR = dt.timedelta(days=1)


class Engine:
    """Runs the queue in this thread."""

    def __init__(self) -> None:
        self.worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name=default_task_backend.alias,
            startup_delay=False,
            max_tasks=None,
            worker_id="",
            excluded_queue_names=[],
        )

    def run_ready(self, *, worker: str) -> None:
        """Run what is in the queue until it is empty."""
        self.worker.worker_id = worker
        self.worker.run()

    def stop(self) -> None:
        """Begin no other task."""
        self.worker.running = False

    def take_over(self) -> int:
        """Make ready again what was begun so long ago that its worker must have died."""
        lost = DBTaskResult.objects.running().filter(started_at__lt=timezone.now() - LEASE)
        return lost.update(status=TaskResultStatus.READY, started_at=None)

    def waiting(self) -> Waiting:
        """Count what is ready."""
        return Waiting(**DBTaskResult.objects.ready().aggregate(count=Count("pk"), since=Min("enqueued_at")))

    def prune(self) -> None:
        """Forget what ended more than a day ago."""
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT_FOR).delete()
