"""A real server on the test database, and many processes that ask it for the same thing at once.

Tests that use it are marked ``race`` and ``django_db(transaction=True)``: the server only sees what is committed.
"""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection
from django.test import Client

RACER = Path(__file__).parent / "racer.py"
BOOT_SECONDS = 60
WORKERS, THREADS = 2, 8


@dataclass(frozen=True)
class Visitor:
    """Who takes part: whose session, which page is opened first, and what is sent where when the race starts."""

    cookie: str
    page: str
    form: dict[str, Any]
    action: str = ""


@dataclass(frozen=True)
class Answer:
    """What a visitor got, and how long it took."""

    status: int
    location: str
    body: str
    seconds: float


def session_cookie(user: Any) -> str:
    """Return the cookie of somebody who has signed in."""
    client = Client()
    client.force_login(user)
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


@contextmanager
def serve(*, without: str = "", workers: int = WORKERS) -> Iterator[int]:
    """Serve the application with gunicorn and yield its port. ``without`` names a function to take out (a lock).

    Many workers share one start: they are forked from a process that has loaded the application.
    """
    port = _free_port()
    command = [sys.executable, "-m", "gunicorn", "tests.concurrency.app:application", "--bind", f"127.0.0.1:{port}"]
    command += ["--workers", str(workers), "--threads", str(THREADS), "--log-level", "critical", "--preload"]
    environment = {**os.environ, "DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY}
    environment |= {"RACE_WITHOUT": without, "PUBLIC_URL": "", "PYTHONWARNINGS": ""}
    server = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=BOOT_SECONDS)


def race(port: int, visitors: Sequence[Visitor]) -> list[Answer]:
    """Let every visitor open their page, then send all their forms at the same moment."""
    where = {"host": "127.0.0.1", "port": port}
    whats = [
        {**where, "cookie": one.cookie, "page": one.page, "action": one.action or one.page, "form": one.form}
        for one in visitors
    ]
    command = [sys.executable, "-S", str(RACER)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as racers:
        try:
            _tell(racers, json.dumps(whats))
            assert racers.stdout.readline() == "ready\n", "A visitor could not open the page."
            answers = racers.communicate("go\n")[0]
        finally:
            racers.kill()
    return [Answer(**answer) for answer in json.loads(answers)]


def _tell(racers: subprocess.Popen, line: str) -> None:
    racers.stdin.write(f"{line}\n")
    racers.stdin.flush()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline:
        assert server.poll() is None, "The server did not start."
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("The server took too long to start.")


def database_url() -> str:
    """Return the address of the database this test runs on."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    password = f":{quote(database['PASSWORD'], safe='')}" if database["PASSWORD"] else ""
    host = quote(database["HOST"] or "127.0.0.1", safe="")
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgres://{quote(database['USER'], safe='')}{password}@{host}{port}/{database['NAME']}"
