"""The process beside the web server: it sends what is due and runs the tasks of the queue."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import close_old_connections, connections
from django.utils import timezone

from mediation.kernel.engines import engine
from mediation.kernel.tasks import plan_due_jobs
from mediation.messaging import delivery, services

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Loop until SIGTERM or SIGINT; the messages being sent and the task that is running are finished first.

    Messages leave in a thread of their own: a long queue of them delays no task, and no task delays them.
    """

    help = "Envoie les messages dus et fait les tâches périodiques, jusqu’à ce qu’on l’arrête."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Fait ce qui est dû maintenant, puis s’arrête.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stop = threading.Event()
        self.broken = False
        self.engine = engine()
        self.name = f"{socket.gethostname()[:50]}-{os.getpid()}"
        if options["once"]:
            self.run_tasks()
            self.deliver()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)
        messenger = threading.Thread(target=self.loop, args=(self.deliver,), name="messenger")
        messenger.start()
        self.stdout.write("The worker has started.")
        self.loop(self.run_tasks)
        messenger.join()
        if self.broken:
            raise CommandError("The worker broke down: its log says why.")
        self.attempt("rest", lambda: services.rest(name=self.name))
        self.stdout.write("The worker has stopped.")

    def ask_to_stop(self, *_signal: Any) -> None:
        """Begin nothing any more."""
        self.stop.set()
        self.engine.stop()

    def loop(self, work: Callable[[], None]) -> None:
        """Do the work at every interval, in a thread with its own connection.

        Where it breaks down the process ends: whoever watches it starts another, and sees no sign of life meanwhile.
        """
        try:
            while not self.stop.is_set():
                close_old_connections()
                work()
                self.stop.wait(settings.WORKER_INTERVAL_SECONDS)
        except BaseException:
            logger.exception("The worker breaks down.")
            self.broken = True
            self.ask_to_stop()
        if threading.current_thread() is not threading.main_thread():
            connections.close_all()

    def run_tasks(self) -> None:
        """Say that we live, plan what is due and run what is in the queue."""
        self.attempt("beat", lambda: services.beat(name=self.name, at=timezone.now()))
        self.attempt("plan", plan_due_jobs)
        self.attempt("queue", lambda: self.engine.run_ready(worker=self.name))

    def deliver(self) -> None:
        """Send what is due and say how much."""
        self.attempt("tidy", delivery.tidy)
        self.attempt("deliver", self.send)

    def send(self) -> None:
        """Send what is due."""
        if made := delivery.deliver_due(should_stop=self.stop.is_set):
            self.stdout.write(f"{made} message(s) sent.")

    def attempt(self, what: str, work: Callable[[], Any]) -> None:
        """Run one part of a pass. What fails is logged, and does not keep the rest from being done."""
        try:
            work()
        except Exception:
            logger.exception("The worker could not do its work: %s", what)
