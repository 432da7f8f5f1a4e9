"""What people do of what no machine can: say a message on the telephone."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.kernel import formats
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Attempt, Message
from mediation.messaging.services.closing import finish_uncalled

# Whoever did not pick up is called again a little later.
CALLED_AGAIN_AFTER = dt.timedelta(hours=1)


@transaction.atomic
def mark_called(*, message: Message, by: Actor, reached: bool) -> None:
    """Note that an agent said the message on the telephone, or that nobody could be reached in the end.

    What waited to be said of the same thing to the same person was said, or given up, in the same call.
    """
    state = AttemptState.DELIVERED if reached else AttemptState.UNDELIVERED
    attempt, now = _to_make(message), timezone.now()
    if not finish_uncalled(attempt.pk, state, now, by=by):
        raise _already_done()
    for other in Message.objects.said_with(message, now):
        finish_uncalled(_to_make(other).pk, AttemptState.SKIPPED, now, _("Vu dans un même appel."), by=by)


@transaction.atomic
def call_later(*, message: Message, by: Actor) -> None:
    """Note that nobody picked up: the call stays to be made, after those that nobody has tried."""
    now, attempt = timezone.now(), _to_make(message)
    tried = _("Appelé %(day)s à %(hour)s, sans réponse.") % {"day": formats.short_day(now), "hour": formats.hour(now)}
    still_to_make = Attempt.objects.filter(pk=attempt.pk, state=AttemptState.WAITING)
    if not still_to_make.update(not_before=now + CALLED_AGAIN_AFTER, problem=tried):
        raise _already_done()


def _to_make(message: Message) -> Attempt:
    attempt = message.attempts.filter(medium=Medium.CALL_LIST, state=AttemptState.WAITING).first()
    if attempt is None:
        raise _already_done()
    return attempt


def _already_done() -> ValidationError:
    return ValidationError(_("Cet appel n’est plus à faire."), code="done")
