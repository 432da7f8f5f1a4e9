"""The process beside the web server: it sends what is due and runs the periodic jobs."""

import logging
import os
import signal
import socket
import threading
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections
from django.utils import timezone

from mediation.kernel.tasks import SCHEDULE, Clock, run
from mediation.messaging import delivery, services

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Loop until SIGTERM or SIGINT; the message being sent is finished first."""

    help = "Envoie les messages dus et fait les tâches périodiques, jusqu’à ce qu’on l’arrête."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="Fait ce qui est dû maintenant, puis s’arrête.")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stop = threading.Event()
        self.clock = Clock(SCHEDULE)
        self.name = f"{socket.gethostname()}-{os.getpid()}"
        if options["once"]:
            self.tick()
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stop.set())
        self.stdout.write("The worker has started.")
        while not self.stop.is_set():
            close_old_connections()
            self.tick()
            self.stop.wait(settings.WORKER_INTERVAL_SECONDS)
        self.attempt("rest", lambda: services.rest(name=self.name))
        self.stdout.write("The worker has stopped.")

    def tick(self) -> None:
        """Do everything that is due. What fails is logged, and does not keep the rest from being done."""
        now = timezone.now()
        self.attempt("beat", lambda: services.beat(name=self.name, at=now))
        for path in self.clock.due(now):
            self.attempt(path, lambda path=path: run(path))
        self.attempt("tidy", delivery.tidy)
        self.attempt("deliver", self.deliver)

    def deliver(self) -> None:
        """Send what is due and say how much."""
        if made := delivery.deliver_due(should_stop=self.stop.is_set):
            self.stdout.write(f"{made} message(s) sent.")

    def attempt(self, what: str, work: Any) -> None:
        """Run one part of a tick."""
        try:
            work()
        except Exception:
            logger.exception("The worker could not do its work: %s", what)
