"""Have operators erase texts that are no longer needed: they keep them, with the numbers, for as long as they like."""

import datetime as dt
import logging
from collections.abc import Iterable

from django.utils import timezone

from mediation.messaging import gateways
from mediation.messaging.gateways import STAYS_HERE, Gateway, Refused
from mediation.messaging.models import Attempt

logger = logging.getLogger(__name__)

KEPT_FOR = dt.timedelta(days=30)
# An operator that has refused for so long is not asked for ever.
ASKED_FOR = dt.timedelta(days=60)
AT_ONCE = 100


def forget_bodies() -> int:
    """Ask each operator to erase a number of texts, 30 days after nothing changed any more; return how many did."""
    now = timezone.now()
    forgotten = 0
    names = Attempt.objects.to_forget(now - KEPT_FOR, now - KEPT_FOR - ASKED_FOR).order_by()
    for name in set(names.values_list("gateway", flat=True)) - STAYS_HERE:
        attempts = names.filter(gateway=name).order_by("-pk")[:AT_ONCE]
        forgotten += _forget(name, attempts)
    return forgotten


def _forget(name: str, attempts: Iterable[Attempt]) -> int:
    """Ask one operator, until it fails: then it is asked again at the next time."""
    forgotten = 0
    try:
        gateway = gateways.named(name)
        for attempt in attempts:
            if _is_forgotten(gateway, attempt):
                forgotten += Attempt.objects.filter(pk=attempt.pk).update(redacted_at=timezone.now())
    except LookupError:
        logger.warning("Texts at %s are still there: it is no longer among the gateways", name)
    except Exception:
        logger.exception("Texts at %s are still there", name)
    return forgotten


def _is_forgotten(gateway: Gateway, attempt: Attempt) -> bool:
    """Ask for one text; a refusal that concerns it alone does not keep the others from being erased."""
    try:
        gateway.forget(attempt.provider_id)
    except Refused as refusal:
        if refusal.is_temporary:
            raise
        logger.warning("%s does not erase %s: %s", gateway.name, attempt.provider_id, refusal)
        return False
    return True
