"""Both engines do the same: a job runs once for all workers, a dead worker's job is taken over, a stop is clean."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter

import pytest
from django.conf import settings
from django.db import connection

from mediation.kernel.models import PeriodicJob
from tests.concurrency.harness import database_url

pytestmark = pytest.mark.django_db(transaction=True)

PATIENCE = 90
LONG_AGO = "2020-01-01 00:00:00+00:00"
TAKE_OVER = "mediation.kernel.tasks.take_over_lost_tasks"


@pytest.fixture(params=["database", pytest.param("procrastinate", marks=pytest.mark.postgres)])
def workers(request, tmp_path):
    """Return a function that starts a worker on the test database with this engine; all are killed at the end."""
    log, running = tmp_path / "log", []
    log.touch()
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "TASKS_ENGINE": request.param,
        "SECRET_KEY": settings.SECRET_KEY,
        "WORKER_INTERVAL_SECONDS": "1",
        "JOBS_LOG": str(log),
        "PYTHONWARNINGS": "",
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    if request.param == "procrastinate":
        migrate = [sys.executable, "manage.py", "migrate", "--skip-checks", "-v0", "procrastinate"]
        subprocess.run(migrate, env=environment, cwd=settings.BASE_DIR, check=True)

    def start(*jobs, seconds=0.0):
        extra = {"JOBS": ",".join(jobs), "JOBS_SECONDS": str(seconds)}
        command = [sys.executable, "tests/concurrency/worker.py"]
        worker = subprocess.Popen(
            command, env=environment | extra, cwd=settings.BASE_DIR, stdout=subprocess.PIPE, text=True
        )
        running.append(worker)
        return worker

    start.engine, start.log = request.param, log
    yield start
    for worker in running:
        worker.kill()
        worker.wait()
        worker.stdout.close()


def words(log):
    return Counter(log.read_text().split())


def wait_for(log, **wanted):
    deadline = time.monotonic() + PATIENCE
    while not Counter(wanted) <= words(log):
        assert time.monotonic() < deadline, f"Only {words(log)} came of {wanted}."
        time.sleep(0.1)


@pytest.mark.thorough
def test_three_workers_run_a_job_once_and_stop_cleanly(workers):
    started = [workers("note", "broken") for _number in range(3)]
    wait_for(workers.log, noted=1, failed=1)
    for worker in started:
        assert worker.stdout.readline() == "The worker has started.\n"
    # Time for several passes of each.
    time.sleep(3)
    for worker in started:
        worker.send_signal(signal.SIGTERM)
    for worker in started:
        assert worker.communicate(timeout=PATIENCE)[0] == "The worker has stopped.\n"
        assert worker.returncode == 0
    assert words(workers.log) == {"noted": 1, "failed": 1}


@pytest.mark.thorough
def test_a_job_that_is_running_ends_before_its_worker_stops(workers):
    worker = workers("slow", seconds=2)
    wait_for(workers.log, begun=1)
    worker.send_signal(signal.SIGTERM)
    worker.communicate(timeout=PATIENCE)
    assert worker.returncode == 0
    assert words(workers.log) == {"begun": 1, "ended": 1}


@pytest.mark.thorough
def test_what_a_killed_worker_was_doing_is_taken_over(workers):
    worker = workers("slow", seconds=600)
    wait_for(workers.log, begun=1)
    worker.kill()
    worker.communicate()
    _let_time_pass(workers.engine)
    workers("slow")
    wait_for(workers.log, begun=2, ended=1)


def _let_time_pass(engine: str) -> None:
    """Make it long ago that the worker was heard of, and that somebody looked for such."""
    PeriodicJob.objects.filter(path=TAKE_OVER).update(planned_at=LONG_AGO)
    table, column = {
        "database": ("django_tasks_database_dbtaskresult", "started_at"),
        "procrastinate": ("procrastinate_workers", "last_heartbeat"),
    }[engine]
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s", [LONG_AGO])
        assert cursor.rowcount
