"""The jobs that come back: each app names its own in ``AppConfig.ready``, before models are loaded."""

import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

# When the clocks change, this hour comes twice or never.
NO_JOB_AT = 2


@dataclass(frozen=True)
class Rhythm:
    """Every so often, or once a day from a wall time on."""

    every: dt.timedelta = dt.timedelta(days=1)
    daily_at: dt.time | None = None

    def is_due(self, last: dt.datetime | None, now: dt.datetime) -> bool:
        """Say whether a job that was last planned then is to be planned now."""
        if self.daily_at is None:
            return last is None or now - last >= self.every
        today = timezone.localdate(now)
        is_time = timezone.localtime(now).time() >= self.daily_at
        return is_time and (last is None or timezone.localdate(last) < today)


@dataclass
class Schedule:
    """The periodic jobs of an installation, by dotted path."""

    jobs: dict[str, Rhythm] = field(default_factory=dict)

    def add(self, path: str, *, every: dt.timedelta) -> None:
        """Have ``path()`` called every so often; naming the same job twice changes nothing."""
        self.jobs[path] = Rhythm(every=every)

    def add_daily(self, path: str, *, at: dt.time) -> None:
        """Have ``path()`` called once a day, at this wall time or when a worker is back after it.

        Raises ValueError between 02:00 and 02:59.
        """
        if at.hour == NO_JOB_AT:
            raise ValueError(f"{path}: nothing is planned between 02:00 and 02:59, which come twice or never.")
        self.jobs[path] = Rhythm(daily_at=at)


SCHEDULE = Schedule()
