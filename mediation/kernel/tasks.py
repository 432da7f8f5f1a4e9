"""Put the jobs that come back into the queue, and run them out of it.

A job is planned once for all workers: whoever moves its row forward puts it in the queue. It is harmless to repeat, so
an engine may run it again where a worker died in the middle.
"""

import datetime as dt
import logging

from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from mediation.kernel.engines import engine
from mediation.kernel.models import PeriodicJob
from mediation.kernel.schedule import SCHEDULE

logger = logging.getLogger(__name__)


@task()
def run_job(path: str) -> None:
    """Call a job by its name; a name that is not in the schedule is refused, whoever wrote it into the queue."""
    if path not in SCHEDULE.jobs:
        raise LookupError(f"{path} is no periodic job.")
    try:
        import_string(path)()
    except Exception:
        # The queue keeps the traceback in a table; those who watch the service read its log.
        logger.exception("The worker could not do its work: %s", path)
        raise


def take_over_lost_tasks() -> None:
    """Put back into the queue what a worker that died was doing."""
    if count := engine().take_over():
        logger.warning("%s task(s) of workers that died begin again.", count)


def forget_ended_tasks() -> None:
    """Keep the tables of the queue small."""
    engine().prune()


def plan_due_jobs() -> list[str]:
    """Put the jobs whose time has come into the queue, each by one worker only; return them."""
    now = timezone.now()
    planned = dict(PeriodicJob.objects.values_list("path", "planned_at"))
    due = [path for path, rhythm in SCHEDULE.jobs.items() if rhythm.is_due(planned.get(path), now)]
    mine = [path for path in due if _take(path, planned.get(path), now)]
    for path in mine:
        run_job.enqueue(path)
    return mine


def _take(path: str, last: dt.datetime | None, now: dt.datetime) -> bool:
    """Say whether we are the one who moves the job forward."""
    if last is None:
        return PeriodicJob.objects.get_or_create(path=path, defaults={"planned_at": now})[1]
    return bool(PeriodicJob.objects.filter(path=path, planned_at=last).update(planned_at=now))
