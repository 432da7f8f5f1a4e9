"""Where messages stand, in words; and whether somebody sends them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.kernel import formats
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.gateways import STAYS_HERE
from mediation.messaging.models import Attempt, Message, WorkerBeat

# A worker says that it is alive at each pass; a few missed passes are a busy machine, not a dead worker.
MISSED_PASSES = 6
SHORTEST_SILENCE = dt.timedelta(minutes=1)
ARRIVED = (AttemptState.SENT, AttemptState.DELIVERED)


@dataclass(frozen=True)
class Standing:
    """Where a message stands: a sentence, and the tone of its badge."""

    words: str
    tone: str
    reason: str = ""


@dataclass(frozen=True)
class WorkerStatus:
    """Whether the process that sends messages works, and since when nothing was heard of it."""

    is_alive: bool
    last_seen_at: dt.datetime | None


@dataclass(frozen=True)
class MessageSheet:
    """One message: where it stands, each attempt, and what else was said about the same thing."""

    message: Message
    standing: Standing
    attempts: list[tuple[Attempt, Standing]]
    others: list[tuple[Message, Standing]]


def standing(message: Any, now: dt.datetime) -> Standing:
    """Say where a message stands, from its last attempt (``MessageQuerySet.for_pages``)."""
    return _said(message, message, now)


def worker_status(now: dt.datetime) -> WorkerStatus:
    """Return whether a worker was heard of lately."""
    last = WorkerBeat.objects.order_by("-at").values_list("at", flat=True).first()
    silence = max(SHORTEST_SILENCE, MISSED_PASSES * dt.timedelta(seconds=settings.WORKER_INTERVAL_SECONDS))
    return WorkerStatus(is_alive=last is not None and now - last <= silence, last_seen_at=last)


def message_sheet(message: Message) -> MessageSheet:
    """Return everything about a message that its page shows."""
    now = timezone.now()
    attempts = list(message.attempts.order_by("number"))
    others = Message.objects.for_pages().about(message.occasion).filter(organisation=message.organisation_id)
    return MessageSheet(
        message=message,
        standing=standing(message, now),
        attempts=[(one, _said(one, message, now)) for one in attempts],
        others=[(one, standing(one, now)) for one in others.exclude(pk=message.pk)],
    )


def _said(last: Any, message: Any, now: dt.datetime) -> Standing:
    """Say where an attempt stands: ``last`` is the attempt, or a message with what its last attempt says."""
    state, problem = last.state, last.problem
    if state == AttemptState.WAITING:
        return _waiting(message, now)
    when = _moment(last.state_at)
    if message.medium == Medium.CALL_LIST and state in {AttemptState.DELIVERED, AttemptState.UNDELIVERED}:
        reached = state == AttemptState.DELIVERED
        words = _("Dit au téléphone le %(when)s") if reached else _("Personne au téléphone, le %(when)s")
        return Standing(words % {"when": when}, "ok" if reached else "warn")
    if last.gateway in STAYS_HERE and state in ARRIVED:
        words = _("Écrit dans le journal le %(when)s") % {"when": when}
        return Standing(words, "info", _("Aucun opérateur n’est branché : personne ne l’a reçu."))
    if state == AttemptState.UNKNOWN:
        problem = _("Vérifiez avec la personne qu’elle l’a reçu.")
    words, tone = {
        AttemptState.CLAIMED: (_("Part dans un instant"), "info"),
        AttemptState.SENDING: (_("En cours d’envoi"), "info"),
        AttemptState.ACCEPTED: (_("Confié à l’opérateur le %(when)s"), "info"),
        AttemptState.SENT: (_("Envoyé le %(when)s"), "ok"),
        AttemptState.DELIVERED: (_("Remis le %(when)s"), "ok"),
        AttemptState.UNDELIVERED: (_("Non remis, le %(when)s"), "stop"),
        AttemptState.FAILED: (_("Refusé le %(when)s"), "stop"),
        AttemptState.UNKNOWN: (_("Sans nouvelle depuis le %(when)s"), "warn"),
        AttemptState.SKIPPED: (_("Non envoyé"), "plain"),
        AttemptState.EXPIRED: (_("Non envoyé"), "plain"),
    }[AttemptState(state)]
    return Standing(words % {"when": when}, tone, problem)


def _waiting(message: Any, now: dt.datetime) -> Standing:
    if message.medium == Medium.CALL_LIST:
        if message.due_at > now:
            return Standing(_("À appeler dès %(day)s") % {"day": formats.short_day(message.due_at)}, "plain")
        return Standing(_("À dire par téléphone"), "warn")
    if message.due_at > now:
        return Standing(_("Partira le %(when)s") % {"when": _moment(message.due_at)}, "plain")
    return Standing(_("Attend de partir"), "info")


def _moment(instant: dt.datetime) -> str:
    return f"{formats.short_day(instant)} à {formats.hour(instant)}"
