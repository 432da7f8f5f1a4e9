"""The queue of procrastinate, on PostgreSQL, for several machines."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from mediation.kernel.engines import Waiting

NAME = "mediation.kernel.engines.procrastinate.run"
# A worker says every ten seconds that it lives; several missed in a row are no busy machine.
SILENCE_SECONDS = 60
KEPT_HOURS = 24


@app.task(name=NAME)
def run(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Call the function of a task of django-tasks."""
    found = import_string(path)
    if not isinstance(found, Task):
        raise LookupError(f"{path} is no task.")
    found.call(*args, **kwargs)


class Backend(BaseTaskBackend):
    """What ``.enqueue()`` calls: in the transaction of its caller, like every row."""

    supports_defer = True
    supports_priority = True

    def enqueue(self, task: Task, args: Any, kwargs: Any) -> TaskResult:
        """Write a job."""
        self.validate_task(task)
        job = app.configure_task(NAME, queue=task.queue_name, priority=task.priority, schedule_at=task.run_after)
        number = job.defer(path=task.module_path, args=list(args), kwargs=dict(kwargs))
        return TaskResult(
            task=task,
            id=str(number),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            finished_at=None,
            last_attempted_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


class Engine:
    """Runs the queue in an event loop of its own, as long as something is in it."""

    def __init__(self) -> None:
        self.running: asyncio.Task | None = None
        self.loop: asyncio.AbstractEventLoop | None = None

    def run_ready(self, *, worker: str) -> None:
        """Run what is in the queue until it is empty."""
        asyncio.run(self._run(worker))

    def stop(self) -> None:
        """Let the job that is running end, and begin no other."""
        if self.loop and self.running:
            self.loop.call_soon_threadsafe(self.running.cancel)

    def take_over(self) -> int:
        """Put back the jobs of workers that have said nothing for a while."""
        return asyncio.run(self._take_over())

    def prune(self) -> None:
        """Forget what ended more than a day ago, well or badly."""
        asyncio.run(self._prune())

    def waiting(self) -> Waiting:
        """Count what may run by now."""
        ready = ProcrastinateJob.objects.filter(status="todo").exclude(scheduled_at__gt=timezone.now())
        told = ready.filter(procrastinateevent__type="deferred")
        return Waiting(**told.aggregate(count=Count("pk"), since=Min("procrastinateevent__at")))

    async def _run(self, worker: str) -> None:
        async with _connected() as working:
            self.loop = asyncio.get_running_loop()
            self.running = asyncio.ensure_future(
                working.run_worker_async(
                    name=f"{worker}-{get_random_string(4)}",
                    wait=False,
                    install_signal_handlers=False,
                    listen_notify=False,
                )
            )
            try:
                await self.running
            except asyncio.CancelledError:
                # Asked to stop: what was running has ended.
                pass
            finally:
                self.running = None

    async def _take_over(self) -> int:
        async with _connected() as working:
            stalled = list(await working.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENCE_SECONDS))
            for job in stalled:
                await working.job_manager.retry_job(job)
            return len(stalled)

    async def _prune(self) -> None:
        async with _connected() as working:
            await working.job_manager.delete_old_jobs(nb_hours=KEPT_HOURS, include_failed=True)


@asynccontextmanager
async def _connected() -> AsyncIterator[App]:
    """Yield the application with connections of its own: those of Django belong to other threads."""
    async with app.with_connector(app.connector.get_worker_connector()).open_async() as working:
        yield working
