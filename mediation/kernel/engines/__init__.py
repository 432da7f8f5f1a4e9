"""What carries tasks from whoever puts them in the queue to a worker. Settings choose one: TASKS_ENGINE.

``database`` keeps the queue in our own tables, on SQLite or PostgreSQL, and needs nothing else. ``procrastinate`` is
made for PostgreSQL and several machines. Callers see django-tasks only: ``@task`` and ``.enqueue()``.
"""

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol

from django.conf import settings


@dataclass(frozen=True)
class Waiting:
    """How many tasks wait for a worker, and since when the first does."""

    count: int
    since: dt.datetime | None


class Engine(Protocol):
    """What a worker asks of an engine."""

    def run_ready(self, *, worker: str) -> None:
        """Run what is in the queue until it is empty or ``stop`` is called; what fails does not spread."""
        ...

    def stop(self) -> None:
        """Finish the task that is running, begin none."""
        ...

    def take_over(self) -> int:
        """Put back what a worker that died was running; return how many tasks."""
        ...

    def waiting(self) -> Waiting:
        """Return how many tasks could run by now and do not, and since when the first of them could."""
        ...

    def prune(self) -> None:
        """Forget the tasks that ended more than a day ago."""
        ...


def engine() -> Engine:
    """Return the engine that settings name."""
    return import_module(f"mediation.kernel.engines.{settings.TASKS_ENGINE}").Engine()
