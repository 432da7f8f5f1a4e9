"""The demonstration's two processes: the web server and the worker. They start together and stop together."""

import http.client
import multiprocessing
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from multiprocessing.connection import wait
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from django.db import connections
from django.urls import reverse
from gunicorn.app.base import BaseApplication

HOST = "127.0.0.1"
BOOT_SECONDS = 60
STOP_SECONDS = 10
# Forked, the two processes find the application already imported: a start costs one import instead of three.
FORK = multiprocessing.get_context("fork")


class Stopped(Exception):
    """One of the two processes ended by itself."""


class Pages(BaseApplication):
    """Gunicorn in front of the application.

    One process with threads: attempts at signing in are counted in its memory, which two would not share.
    """

    def __init__(self, port: int) -> None:
        self.options = {
            "bind": f"{HOST}:{port}",
            "workers": 1,
            "threads": 8,
            "worker_class": "gthread",
            "loglevel": "warning",
            "graceful_timeout": 3,
            "control_socket_disable": True,
        }
        super().__init__()

    def load_config(self) -> None:
        """Take our options only: the environment's are for real servers."""
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Callable[..., Any]:
        """Return the application."""
        return get_wsgi_application()


def emails_folder() -> Path | None:
    """Return where e-mails are written, one file each, unless they really go out."""
    folder = getattr(settings, "EMAIL_FILE_PATH", None)
    return Path(folder) if folder else None


def forget_what_was_sent() -> None:
    """Remove the messages of a demonstration that is no more."""
    for log in (settings.MESSAGES_LOG, worker_log()):
        log.unlink(missing_ok=True)
    if folder := emails_folder():
        shutil.rmtree(folder, ignore_errors=True)


def worker_log() -> Path:
    """Return where the worker writes, beside the text messages of the file gateway."""
    return settings.MESSAGES_LOG.with_name("worker.log")


def is_free(port: int) -> bool:
    """Whether a server could answer at this port."""
    with socket.socket() as probe:
        # As gunicorn does: the address of a server that has just stopped is free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


@contextmanager
def interruptible() -> Iterator[None]:
    """Make "stop" mean the same whoever says it: the keyboard, a supervisor, or a terminal that closes."""
    names = [signal.SIGINT, signal.SIGTERM]
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup
        names.append(signal.SIGHUP)
    before = {name: signal.signal(name, signal.default_int_handler) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)


class Service:
    """The two processes, as a context: leaving it, however one leaves, stops both."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.processes = [
            FORK.Process(name="web", target=_alone, args=(Pages(port).run,)),
            FORK.Process(name="worker", target=_alone, args=(_work,)),
        ]

    def __enter__(self) -> "Service":
        connections.close_all()  # a connection cannot be shared across a fork
        for process in self.processes:
            process.start()
        return self

    def __exit__(self, *_exception: object) -> None:
        # A second Ctrl-C must not leave one of them behind.
        for name in (signal.SIGINT, signal.SIGTERM):
            signal.signal(name, signal.SIG_IGN)
        for process in self.processes:
            process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process in self.processes:
            process.join(max(0, deadline - time.monotonic()))
            if process.is_alive():
                os.killpg(process.pid, signal.SIGKILL)
                process.join()

    def wait_until_it_answers(self) -> None:
        """Return once a page can be opened."""
        deadline = time.monotonic() + BOOT_SECONDS
        while not _answers(self.port):
            self._check(timeout=0.1)
            if time.monotonic() > deadline:
                raise Stopped("web")

    def wait(self) -> None:
        """Last as long as both processes do."""
        self._check(timeout=None)

    def _check(self, timeout: float | None) -> None:
        """Raise Stopped, with the name of the process, if one ends within ``timeout``."""
        ended = wait([process.sentinel for process in self.processes], timeout)
        for process in self.processes:
            if process.sentinel in ended:
                raise Stopped(process.name)


def _alone(target: Callable[..., Any], *args: Any) -> None:
    """Run ``target`` out of the terminal's reach: Ctrl-C is for the parent, which stops its processes in order."""
    os.setsid()
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(name, signal.SIG_DFL)
    target(*args)


def _work() -> None:
    """Run the worker; what it says would bury the addresses."""
    with worker_log().open("a", buffering=1) as log, redirect_stdout(log):
        call_command("worker")


def _end_with_the_parent() -> None:
    """Stop when the parent is gone without having stopped its processes: nobody would find them again."""
    multiprocessing.parent_process().join()
    os.kill(os.getpid(), signal.SIGTERM)


def _answers(port: int) -> bool:
    page = http.client.HTTPConnection(HOST, port, timeout=5)
    try:
        page.request("GET", reverse("health"))
        return page.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        page.close()
