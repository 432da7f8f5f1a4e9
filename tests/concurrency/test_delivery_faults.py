"""Workers that are killed at any moment, and an operator that breaks off after taking: nothing twice, nothing lost."""

import contextlib
import datetime as dt
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from mediation.benchmarks.standin import StandIn
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from tests.cast import Cast
from tests.concurrency.harness import database_url

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

NURSERY = Path(__file__).parent / "nursery.py"
WORKERS = 3
SHARE_CUT = 0.05
CALL_SECONDS = 0.05
PATIENCE = 40
OPEN = (AttemptState.WAITING, AttemptState.CLAIMED, AttemptState.SENDING, AttemptState.UNKNOWN)
# A lease and a time to give up that fit a test: each longer than a call and its timeout.
SHORT = {
    "MESSAGE_LEASE_SECONDS": "4",
    "MESSAGE_GIVEN_UP_SECONDS": "4",
    "GATEWAY_TIMEOUT_SECONDS": "2",
    "MESSAGES_PER_SECOND": "20",
    "SENDERS_PER_WORKER": "4",
    "SMS_GATEWAYS": "twilio",
    "SMS_FROM": "+33939980000",
    "PUBLIC_URL": "http://localhost",
    "PYTHONWARNINGS": "",
}


class Nursery:
    """Workers on the test's database, whose operator is the stand-in."""

    def __init__(self, process: subprocess.Popen, seed: int) -> None:
        self.process = process
        self.random = random.Random(seed)
        self.workers: list[int] = []

    def start_one(self) -> None:
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        self.workers.append(int(self.process.stdout.readline()))

    def kill_one(self) -> None:
        """Kill -9 one of them at a random moment, and start another in its place."""
        time.sleep(self.random.uniform(0.05, 0.5))
        os.kill(self.workers.pop(self.random.randrange(len(self.workers))), signal.SIGKILL)
        self.start_one()

    def stop(self) -> None:
        for worker in self.workers:
            with contextlib.suppress(ProcessLookupError):
                os.kill(worker, signal.SIGTERM)
        self.process.stdin.close()
        self.process.stdout.close()
        self.process.wait(timeout=PATIENCE)


@contextlib.contextmanager
def nursery(operator: StandIn, seed: int) -> Iterator[Nursery]:
    environment = {**os.environ, **SHORT, **operator.settings(), "DATABASE_URL": database_url()}
    environment |= {"DJANGO_SETTINGS_MODULE": "mediation.settings", "LOG_LEVEL": "critical"}
    environment |= {"PYTHONPATH": str(settings.BASE_DIR), "SECRET_KEY": settings.SECRET_KEY}
    process = subprocess.Popen(
        [sys.executable, str(NURSERY)],
        env=environment,
        cwd=settings.BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    workers = Nursery(process, seed)
    try:
        for _number in range(WORKERS):
            workers.start_one()
        yield workers
    finally:
        workers.stop()


def write_due(cast: Cast, number: int) -> None:
    """Write as many messages that are due, each to a number of its own."""
    now = timezone.now()
    messages = Message.objects.bulk_create(
        Message(
            organisation=cast.mairie,
            beneficiary=None,
            occasion=f"test:{one}",
            version=1,
            kind=MessageKind.REMINDER,
            recipient=f"+336399{one:05}",
            medium=Medium.SMS,
            body=f"Rappel {one}",
            due_at=now,
            useless_after=now + dt.timedelta(days=2),
        )
        for one in range(number)
    )
    Attempt.objects.bulk_create(Attempt(message=one, medium=Medium.SMS, state_at=now, parts=1) for one in messages)


def wait_until_nothing_is_open() -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and Attempt.objects.filter(state__in=OPEN).exists():
        connection.close()
        time.sleep(0.25)
    assert not Counter(Attempt.objects.filter(state__in=OPEN).values_list("state", "problem"))


@pytest.mark.parametrize(
    ("messages", "kills"), [(60, 4), pytest.param(500, 20, marks=pytest.mark.thorough)], ids=["few", "many"]
)
def test_every_message_is_taken_once_and_the_ledger_says_the_same_as_the_operator(cast, messages, kills):
    write_due(cast, messages)
    with StandIn(seed=kills) as operator:
        operator.behaviour.delay(CALL_SECONDS)
        operator.behaviour.end("cut", share=SHARE_CUT)
        with nursery(operator, seed=kills) as workers:
            for _number in range(kills):
                workers.kill_one()
            wait_until_nothing_is_open()
        taken = operator.ledger.all()
    assert Counter(one.to for one in taken) == dict.fromkeys(Message.objects.values_list("recipient", flat=True), 1)
    ours = Attempt.objects.filter(state=AttemptState.ACCEPTED).values_list("message__recipient", "provider_id")
    assert sorted(ours) == sorted((one.to, one.sid) for one in taken)
