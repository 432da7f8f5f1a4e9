"""The application as a benchmark serves it: the usual addresses, and one that does nothing."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

WORKERS, THREADS = 2, 4
BOOT_SECONDS = 60


@contextmanager
def serve(url: str) -> Iterator[int]:
    """Serve the database at ``url`` with gunicorn, as a deployment does, and yield the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-m", "gunicorn", "mediation.benchmarks.wsgi:application", "--preload"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", str(WORKERS), "--threads", str(THREADS)]
    environment = {**os.environ, "DATABASE_URL": url, "SECRET_KEY": settings.SECRET_KEY, "PUBLIC_URL": "", "DEBUG": ""}
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
