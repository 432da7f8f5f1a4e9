"""Workers that can be killed and replaced in no time: forked from a process that has loaded the application.

For each line on its standard input it starts one, which delivers what is due until it is ended, and writes its process.
"""

import os
import signal
import sys
import threading

import django

django.setup()

from mediation.messaging import delivery  # noqa: E402 — models exist from here on

PASS_SECONDS = 0.1


def work() -> None:
    """Do what ``manage.py worker`` does at each pass, more often."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    while not stop.wait(PASS_SECONDS):
        delivery.tidy()
        delivery.deliver_due(should_stop=stop.is_set)


def main() -> None:
    """Start a worker for each line."""
    # Nobody waits for those that are killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for _line in sys.stdin:
        child = os.fork()
        if not child:
            work()
            os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


main()
