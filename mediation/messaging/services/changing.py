"""Say a message by another way: its first way failed, or an agent knows better."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from mediation.kernel.gsm7 import count_parts
from mediation.messaging.enums import CALLABLE_BACK, ONLY_BY_SMS, TERMINAL, AttemptState, Medium, MessageKind
from mediation.messaging.models import Attempt, Message
from mediation.messaging.schedule import soon
from mediation.messaging.selectors import letter_address
from mediation.messaging.wording import Words, render


@transaction.atomic
def change_way(*, message: Message, medium: Medium, by: Actor | None = None) -> Attempt:
    """Open the next attempt of ``message`` by ``medium``, in the words of that way; ``by`` is empty for the machine.

    What is on file today counts: a number that was corrected gets it. Raises ValidationError where the message means
    nothing any more, where an operator has it in its hands, or where the person has no such number or address.
    """
    current = Message.objects.select_for_update(of=("self",)).select_related("beneficiary").get(pk=message.pk)
    now = timezone.now()
    if current.voided_at or current.useless_after <= now or (current.kind in ONLY_BY_SMS and medium != Medium.SMS):
        raise ValidationError(_("Ce message n’a plus d’objet."), code="useless")
    recipient, body = _recipient(current, medium), _body(current, medium)
    return Attempt.objects.create(
        message=current,
        number=_close_last(current) + 1,
        medium=medium,
        recipient=recipient,
        body=body,
        state_at=now,
        asked_by=by and by.user,
        # A telephone rings at hours when somebody may answer.
        not_before=soon(now, current.useless_after, medium) if medium == Medium.VOICE else None,
        parts=count_parts(body) if medium == Medium.SMS else 0,
    )


def _close_last(message: Message) -> int:
    """Close the attempt that is still open, unless an operator has it; return the number of the last one."""
    last = message.attempts.select_for_update().order_by("number").last()
    if last is None:
        return 0
    mine, now = Attempt.objects.filter(pk=last.pk, state=last.state), timezone.now()
    if last.state in CALLABLE_BACK:
        mine.become(AttemptState.SKIPPED, now, problem=_("Dit par un autre moyen."))
    elif last.state == AttemptState.UNKNOWN:
        mine.become(AttemptState.EXPIRED, now, problem=_("Sans nouvelle de l’opérateur : dit par un autre moyen."))
    elif last.state not in TERMINAL:
        raise ValidationError(_("L’opérateur a encore ce message : attendez sa réponse."), code="on_its_way")
    return last.number


def _recipient(message: Message, medium: Medium) -> str:
    """Return the number or address of that way; what was written to a number keeps it where there is no other."""
    person = message.beneficiary
    on_file = {
        Medium.EMAIL: person.email if person else "",
        Medium.LETTER: letter_address(person) if person else "",
    }
    number = (person and person.phone) or (message.recipient if message.recipient.startswith("+") else "")
    recipient = on_file.get(medium, number)
    if not recipient:
        raise ValidationError(
            _("Cette personne n’a pas donné de quoi la joindre ainsi : complétez d’abord son dossier."),
            code="no_address",
        )
    return recipient


def _body(message: Message, medium: Medium) -> str:
    """Return the text for this medium; what was written before the ledger kept its values is said as it was."""
    if not message.words:
        return message.body
    return render(MessageKind(message.kind), medium, Words.from_json(message.words), language=message.language)
