"""What people do of what no machine can: say a message on the telephone."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.messaging.enums import AttemptState, Medium
from mediation.messaging.models import Message
from mediation.messaging.services.closing import finish_uncalled


@transaction.atomic
def mark_called(*, message: Message, by: Actor, reached: bool) -> None:
    """Note that an agent said the message on the telephone, or that nobody could be reached in the end."""
    state = AttemptState.DELIVERED if reached else AttemptState.UNDELIVERED
    attempt = message.attempts.filter(medium=Medium.CALL_LIST, state=AttemptState.WAITING).first()
    if attempt is None or not finish_uncalled(attempt.pk, state, timezone.now(), ""):
        raise ValidationError(_("Cet appel n’est plus à faire."), code="done")
