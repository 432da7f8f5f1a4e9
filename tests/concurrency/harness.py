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
    racers = [
        subprocess.Popen([sys.executable, "-S", str(RACER)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _visitor in visitors
    ]
    try:
        for racer, visitor in zip(racers, visitors, strict=True):
            what = {"host": "127.0.0.1", "port": port, "cookie": visitor.cookie, "page": visitor.page}
            _tell(racer, json.dumps({**what, "action": visitor.action or visitor.page, "form": visitor.form}))
        for racer in racers:
            assert racer.stdout.readline() == "ready\n", "A visitor could not open the page."
        for racer in racers:
            _tell(racer, "go")
        return [Answer(**json.loads(racer.communicate()[0])) for racer in racers]
    finally:
        for racer in racers:
            racer.kill()
            racer.wait()


def _tell(racer: subprocess.Popen, line: str) -> None:
    racer.stdin.write(f"{line}\n")
    racer.stdin.flush()


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
