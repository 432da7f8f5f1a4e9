"""What runs every so often: each app names its jobs in ``AppConfig.ready``, the worker runs them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.module_loading import import_string


@dataclass
class Schedule:
    """The periodic jobs of an installation, by dotted path: an app names a function before its models are loaded."""

    every: dict[str, dt.timedelta] = field(default_factory=dict)

    def add(self, path: str, *, every: dt.timedelta) -> None:
        """Have ``path()`` called every so often; naming the same job twice changes nothing."""
        self.every[path] = every


@dataclass
class Clock:
    """What one worker has run, and when. Jobs are harmless to repeat, so nothing of it is kept."""

    schedule: Schedule
    last_run: dict[str, dt.datetime] = field(default_factory=dict)

    def due(self, now: dt.datetime) -> Iterator[str]:
        """Yield the jobs whose time has come, and take them for run."""
        for path, every in self.schedule.every.items():
            last = self.last_run.get(path)
            if last is None or now - last >= every:
                self.last_run[path] = now
                yield path


def run(path: str) -> None:
    """Call a job."""
    import_string(path)()


SCHEDULE = Schedule()
