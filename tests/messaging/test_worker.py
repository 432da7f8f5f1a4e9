"""The process beside the web server: what waits for it, and how it ends."""

import pytest
from django.core.management import CommandError, call_command

from mediation.kernel.engines import engine
from mediation.kernel.tasks import run_job
from mediation.messaging import delivery
from mediation.messaging.management.commands import worker


@pytest.mark.django_db
def test_what_waits_is_counted(now):
    for _number in range(2):
        run_job.enqueue("some.job")
    waiting = engine().waiting()
    assert waiting.count == 2
    # One of the engines goes by the clock of the database.
    assert waiting.since


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("part", ["deliver", "run_tasks"])
def test_one_half_that_breaks_down_ends_the_process(monkeypatch, part):
    """Half a worker that says it is alive would be noticed by nobody."""

    def break_down(_self):
        raise SystemExit("out of memory")

    monkeypatch.setattr(worker.Command, part, break_down)
    monkeypatch.setattr(worker.signal, "signal", lambda *_: None)
    monkeypatch.setattr(delivery, "deliver_due", lambda **_: 0)
    with pytest.raises(CommandError):
        call_command("worker")
