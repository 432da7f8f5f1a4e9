"""Decide about what nobody knows, once the gateway has been asked. Nothing is sent again blindly."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.messaging.delivery.ending import bill, pause_between_looks
from mediation.messaging.enums import AttemptState
from mediation.messaging.gateways import Receipt
from mediation.messaging.models import Attempt
from mediation.messaging.services.failing import call_instead, hold, is_urgent, try_again

# A gateway that cannot say, of a message that means nothing any more, is asked for so long.
ASKED_FOR = dt.timedelta(days=1)


def found(attempt: Attempt, receipt: Receipt) -> None:
    """Note that the gateway had taken it, unless what it found is another attempt's."""
    now = timezone.now()
    known = Attempt.objects.filter(gateway=attempt.gateway, provider_id=receipt.provider_id).exclude(pk=attempt.pk)
    if receipt.provider_id and known.exists():
        absent(attempt, is_well=True)
        return
    _unknown(attempt).become(receipt.state, now, provider_id=receipt.provider_id, problem="", **bill(receipt))


@transaction.atomic
def absent(attempt: Attempt, *, is_well: bool) -> None:
    """The gateway has nothing of it. Once it would have, the message goes out again where the gateway works.

    Where it does not, somebody says what is urgent, and the rest waits for the gateway.
    """
    now, message = timezone.now(), attempt.message
    hold(message)
    if now - attempt.sending_at < dt.timedelta(seconds=settings.MESSAGE_GIVEN_UP_SECONDS):
        _ask_again(attempt, now)
    elif message.useless_after <= now or message.voided_at is not None:
        _unknown(attempt).become(AttemptState.EXPIRED, now, problem=_("N’est jamais arrivé chez l’opérateur."))
    elif is_well:
        if _unknown(attempt).become(AttemptState.FAILED, now, problem=_("N’est jamais arrivé chez l’opérateur.")):
            try_again(attempt=attempt)
    else:
        _call_or_wait(attempt, now)


@transaction.atomic
def unsaid(attempt: Attempt) -> None:
    """The gateway cannot say whether it took it."""
    now = timezone.now()
    hold(attempt.message)
    if attempt.message.useless_after + ASKED_FOR <= now:
        problem = _("Personne ne sait s’il est arrivé : l’opérateur n’a pas répondu.")
        _unknown(attempt).become(AttemptState.EXPIRED, now, problem=problem)
    elif now - attempt.sending_at < dt.timedelta(seconds=settings.MESSAGE_GIVEN_UP_SECONDS):
        _ask_again(attempt, now)
    else:
        _call_or_wait(attempt, now)


def _call_or_wait(attempt: Attempt, now: dt.datetime) -> None:
    """Have somebody say what is urgent: hearing it twice harms nobody."""
    message = attempt.message
    is_useful = message.useless_after > now and message.voided_at is None
    problem = _("Sans nouvelle de l’opérateur : à dire par téléphone.")
    if is_useful and is_urgent(message, now):
        if _unknown(attempt).become(AttemptState.EXPIRED, now, problem=problem):
            call_instead(message=message)
    else:
        _ask_again(attempt, now)


def _ask_again(attempt: Attempt, now: dt.datetime) -> None:
    _unknown(attempt).update(claimed_until=None, not_before=now + pause_between_looks())


def _unknown(attempt: Attempt):
    """Return the row if nothing was heard of it meanwhile."""
    return Attempt.objects.filter(pk=attempt.pk, state=AttemptState.UNKNOWN)
