"""The application as a benchmark serves it: the usual addresses, and one that does nothing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

# One thread each, as docs/installation.md has it: several share one interpreter lock and do a third less.
WORKERS = 2
BOOT_SECONDS = 60


OURS = "mediation.benchmarks.wsgi:application"


@contextmanager
def serve(url: str, application: str = OURS, **variables: str) -> Iterator[int]:
    """Serve the database at ``url`` with gunicorn, as a deployment does, and yield the port.

    ``variables`` are added to the environment; ``application`` is ours unless another one is to be measured.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", application, "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS)]
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY, "PUBLIC_URL": "", "DEBUG": ""}
    environment |= variables
    # Clients that keep their connection may wait for each other between two races.
    command += ["--keep-alive", "60", "--log-level", "critical"]
    server = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR)
    try:
        _wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(timeout=BOOT_SECONDS)


def _wait_for(port: int, server: subprocess.Popen) -> None:
    deadline = time.monotonic() + BOOT_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server did not start.")
