"""Due reminders through the real client of an operator that takes 100 ms each: how many a second, how much memory."""

import datetime as dt
import json
import os
import subprocess
import sys
import time
import urllib.request
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils import timezone

from directory.enums import OrganisationKind, Side
from directory.models import Beneficiary, Organisation
from mediation.benchmarks.figures import MILLISECONDS, Figure
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from mediation.messaging.wording import Words, render

MESSAGES = 10_000
CALL_SECONDS = 0.1
SENDERS = 24
LEAST_A_SECOND, LEAST_FOR_TWO, MOST_MEGABYTES = 100, 1.8, 150
BOOT_SECONDS = 60
# A machine that needs longer has missed every target.
LONGEST_SECONDS = 300
NO_LIMIT = 1000
# The pace is the operator's business, and nobody's here.
USUAL = {"SMS_GATEWAYS": "twilio", "SMS_FROM": "+33939980000", "PUBLIC_URL": "https://localhost", "DEBUG": ""}


def run(url: str) -> Iterable[Figure]:
    """Yield what one worker does, then two; each time all 10,000 are due."""
    with _operator() as operator:
        _write_due(0)
        one, memory, cpu = _measure(url, operator, workers=1)
        beside = f"{cpu:.1f} ms of processor each"
        yield Figure(f"one worker, {SENDERS} senders", one, "/s", beside=beside, at_least=LEAST_A_SECOND)
        yield Figure("its memory at most", memory, "MB", at_most=MOST_MEGABYTES)
        _write_due(MESSAGES)
        two, memory, _cpu = _measure(url, operator, workers=2)
        yield Figure("two workers", two, "/s", beside=f"{memory:.0f} MB the bigger one")
        yield Figure("two workers beside one", two / one, "×", at_least=LEAST_FOR_TWO)
        once = sum(times == 1 for times in _taken(operator).values())
    yield Figure("messages that were not taken exactly once", 2 * MESSAGES - once, at_most=0)


def _measure(url: str, operator: dict[str, str], *, workers: int) -> tuple[float, float, float]:
    """Return messages a second, the memory of the biggest worker, and the processor's time of a message in ms."""
    environment = {**os.environ, **USUAL, **operator, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY}
    environment |= {"SENDERS_PER_WORKER": str(SENDERS), "MESSAGES_PER_SECOND": str(NO_LIMIT), "LOG_LEVEL": "ERROR"}
    command = [sys.executable, "manage.py", "worker", "--skip-checks"]
    processes = [
        subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.DEVNULL)
        for _number in range(workers)
    ]
    try:
        start = _wait_until(MESSAGES - MESSAGES // 10, processes)
        end = _wait_until(MESSAGES // 10, processes)
        memory = max(_megabytes(process.pid) for process in processes)
        _wait_until(0, processes)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=BOOT_SECONDS)
    sent = start.left - end.left
    return sent / (end.at - start.at), memory, (end.cpu - start.cpu) / sent * MILLISECONDS


@dataclass(frozen=True)
class _Moment:
    """How much was left to send, when, and the processor's time that workers had taken."""

    left: int
    at: float
    cpu: float


def _wait_until(left: int, processes: Sequence[subprocess.Popen]) -> _Moment:
    """Wait until no more messages than ``left`` have not been taken: measured is what lies between two moments.

    At the first tenth all workers are at work, at the last tenth they all still have enough to do.
    """
    deadline = time.monotonic() + LONGEST_SECONDS
    while time.monotonic() < deadline:
        found = Attempt.objects.exclude(state=AttemptState.ACCEPTED).count()
        if found <= left:
            return _Moment(found, time.perf_counter(), sum(_cpu_seconds(process.pid) for process in processes))
        time.sleep(0.2)
    raise RuntimeError("The workers did not send what was due.")


def _megabytes(pid: int) -> float:
    """Return the most memory that a process has had."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def _cpu_seconds(pid: int) -> float:
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def _operator() -> Iterator[dict[str, str]]:
    """Start the stand-in; yield the settings that point gateways to it, and its address to be asked at."""
    command = [sys.executable, "-m", "mediation.benchmarks.standin", str(CALL_SECONDS)]
    process = subprocess.Popen(command, cwd=settings.BASE_DIR, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        yield json.loads(process.stdout.readline())
    finally:
        process.communicate()


def _taken(operator: dict[str, str]) -> Counter[str]:
    """Return how often each number was written to."""
    with urllib.request.urlopen(f"{operator['control_url']}/taken") as answer:  # noqa: S310 — our own, on this machine
        return Counter(one["to"] for one in json.load(answer))


def _write_due(first: int) -> None:
    """Write reminders that are due, of as many people, each with a number of their own."""
    organisation, _is_new = Organisation.objects.get_or_create(
        name="Benchmark", defaults={"kind": OrganisationKind.MUNICIPAL, "side": Side.MUNICIPAL}
    )
    now = timezone.now()
    numbers = [f"06399{number:05}" for number in range(first, first + MESSAGES)]
    people = Beneficiary.objects.bulk_create(
        Beneficiary(first_name="P", phone_typed=number, phone=f"+33{number[1:]}") for number in numbers
    )
    words = Words(starts_at=now + dt.timedelta(days=1), place="médiathèque Empalot", reference="48210733")
    said = {
        "organisation": organisation,
        "version": 1,
        "kind": MessageKind.REMINDER,
        "medium": Medium.SMS,
        "body": render(MessageKind.REMINDER, Medium.SMS, words),
        "words": words.to_json(),
        "due_at": now,
        "useless_after": words.starts_at,
    }
    messages = Message.objects.bulk_create(
        Message(beneficiary=person, recipient=person.phone, occasion=f"benchmark:{person.pk}", **said)
        for person in people
    )
    Attempt.objects.bulk_create(Attempt(message=one, medium=Medium.SMS, state_at=now, parts=1) for one in messages)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
