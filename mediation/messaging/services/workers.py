"""Signs of life of the processes that send messages."""

import datetime as dt

from mediation.messaging.models import WorkerBeat


def beat(*, name: str, at: dt.datetime) -> None:
    """Note that a worker is alive."""
    WorkerBeat.objects.update_or_create(name=name, defaults={"at": at})


def rest(*, name: str) -> None:
    """Note that a worker has stopped as it should: nobody waits for it."""
    WorkerBeat.objects.filter(name=name).delete()
