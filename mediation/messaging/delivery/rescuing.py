"""Close what can no longer be sent, and have somebody say what a machine cannot in time."""

import datetime as dt

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.messaging import gateways
from mediation.messaging.delivery.ending import pause_between_looks
from mediation.messaging.enums import ANSWERS, BY_PEOPLE, CALLABLE_BACK, AttemptState, Medium, Trouble
from mediation.messaging.models import Attempt, GatewayState
from mediation.messaging.schedule import at_local
from mediation.messaging.services.failing import call_instead, hold

# Gateways that fail for so long may fail for hours.
LONG = dt.timedelta(minutes=30)
# Somebody needs this much time to make the calls.
TIME_TO_CALL = dt.timedelta(hours=3)
AT_ONCE = 200


def tidy() -> None:
    """Do what waits for no gateway; harmless to repeat, and from several workers at once."""
    now = timezone.now()
    too_late = list(Attempt.objects.too_late(now).values_list("pk", flat=True))
    Attempt.objects.filter(pk__in=too_late).unclaimed(now).become(
        AttemptState.EXPIRED, now, problem=_("Trop tard pour être utile.")
    )
    Attempt.objects.lost(now).become(
        AttemptState.UNKNOWN, now, problem=_("Interrompu pendant l’envoi."), not_before=now + pause_between_looks()
    )
    media = [medium for medium in Medium.values if medium not in BY_PEOPLE and _is_down_for_long(medium, now)]
    if media:
        _rescue(media, now)


def _is_down_for_long(medium: str, now: dt.datetime) -> bool:
    """Say whether nothing carries this medium, and nothing has for a while."""
    names = {gateway.name for gateway in gateways.chain(medium)}
    long_down = GatewayState.objects.filter(name__in=names, down_since__lte=now - LONG)
    return long_down.count() == len(names)


def _rescue(media: list[str], now: dt.datetime) -> None:
    """Move what becomes urgent to the call list: what concerns today, or is useless before somebody has called."""
    tomorrow = at_local(timezone.localdate() + dt.timedelta(days=1), dt.time.min)
    until = max(now + TIME_TO_CALL, tomorrow)
    waiting = Attempt.objects.unclaimed(now).filter(
        medium__in=media,
        message__due_at__lte=now,
        message__useless_after__gt=now,
        message__useless_after__lt=until,
        message__voided_at__isnull=True,
    )
    for attempt in waiting.exclude(message__kind__in=ANSWERS).select_related("message__beneficiary")[:AT_ONCE]:
        _say_instead(attempt, now)


@transaction.atomic
def _say_instead(attempt: Attempt, now: dt.datetime) -> None:
    hold(attempt.message)
    mine = Attempt.objects.filter(pk=attempt.pk, state__in=CALLABLE_BACK).unclaimed(now)
    if mine.become(AttemptState.SKIPPED, now, trouble=Trouble.DOWN, problem=str(Trouble.DOWN.label)):
        call_instead(message=attempt.message)
