"""Whether messages leave: the process that sends them, and the gateways that carry them."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.messaging import gateways
from mediation.messaging.enums import Medium
from mediation.messaging.models import GatewayState, WorkerBeat

# A worker says that it is alive at each pass; a few missed passes are a busy machine, not a dead worker.
MISSED_PASSES = 6
SHORTEST_SILENCE = dt.timedelta(minutes=1)
# What people know of each way, whichever company carries it.
CARRIED: dict[Medium, str | Promise] = {
    Medium.SMS: _("L’opérateur de SMS ne répond plus"),
    Medium.VOICE: _("L’opérateur des appels automatiques ne répond plus"),
    Medium.EMAIL: _("Le serveur d’e-mails ne répond plus"),
}


@dataclass(frozen=True)
class WorkerStatus:
    """Whether the process that sends messages works, and since when nothing was heard of it."""

    is_alive: bool
    last_seen_at: dt.datetime | None


@dataclass(frozen=True)
class GatewayDown:
    """A gateway that does not answer. ``is_replaced`` where another one carries the same meanwhile."""

    name: str
    medium: Medium
    since: dt.datetime
    is_replaced: bool

    @property
    def words(self) -> str:
        """What does not work, as people know it."""
        return str(CARRIED[self.medium])


@dataclass(frozen=True)
class Health:
    """Whether messages leave."""

    worker: WorkerStatus
    gateways: tuple[str, ...]
    down: tuple[GatewayDown, ...]

    @property
    def is_well(self) -> bool:
        """Whether every way out has a gateway that answers, and somebody sends."""
        return self.worker.is_alive and all(one.is_replaced for one in self.down)


def health(now: dt.datetime) -> Health:
    """Return how the sending does, in two queries."""
    states = {one.name: one.down_since for one in GatewayState.objects.all() if one.down_since}
    chains = {medium: [gateway.name for gateway in gateways.chain(medium)] for medium in CARRIED}
    down = (
        GatewayDown(name, medium, states[name], is_replaced=any(other not in states for other in names))
        for medium, names in chains.items()
        for name in names
        if name in states
    )
    names = tuple(dict.fromkeys(name for names in chains.values() for name in names))
    return Health(worker=worker_status(now), gateways=names, down=tuple(down))


def worker_status(now: dt.datetime) -> WorkerStatus:
    """Return whether a worker was heard of lately."""
    last = WorkerBeat.objects.order_by("-at").values_list("at", flat=True).first()
    silence = max(SHORTEST_SILENCE, MISSED_PASSES * dt.timedelta(seconds=settings.WORKER_INTERVAL_SECONDS))
    return WorkerStatus(is_alive=last is not None and now - last <= silence, last_seen_at=last)
