"""What an agent writes to whoever wrote: the way to a person for those who cannot call."""

from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory import rules
from directory.enums import Language, Role
from directory.models import Beneficiary, Organisation
from mediation.accounts.models import User
from mediation.kernel.locks import lock_names
from mediation.messaging.enums import MessageKind
from mediation.messaging.models import Line, Message, Reply
from mediation.messaging.services.granting import may_ask
from mediation.messaging.services.replies import last_said, mark_handled
from mediation.messaging.services.saying import say
from mediation.messaging.wording import Words


@transaction.atomic
def write_back(*, reply: Reply, text: str, by: User) -> Message:
    """Text an agent's own words to whoever sent ``reply``, which is handled then; the same form sent twice writes once.

    Raises ValidationError where the number receives no text messages, or wants none.
    """
    lock_names(f"reply:{reply.sender}")
    _check(reply)
    occasion, words, last = f"reply:{reply.uid}", Words(explanation=" ".join(text.split())), last_said(reply)
    before = list(Message.objects.about(occasion).filter(kind=MessageKind.WRITTEN).order_by("version"))
    if twice := [message for message in before if message.words["explanation"] == words.explanation]:
        return twice[0]
    written = say(
        kind=MessageKind.WRITTEN,
        recipient=reply.sender,
        occasion=occasion,
        version=len(before) + 1,
        organisation=reply.organisation or _own(by),
        beneficiary=_whom(reply, last, by),
        words=words,
        language=last.language if last else Language.FR,
    )
    # Its version is new: nobody has written it before.
    message = cast(Message, written)
    message.attempts.update(asked_by=by)
    mark_handled(reply=reply, by=by)
    return message


def _check(reply: Reply) -> None:
    if not may_ask(reply):
        raise ValidationError(_("Ce numéro ne reçoit pas de SMS : appelez-le."), code="no_mobile")
    if Line.objects.filter(recipient=reply.sender, refuses_since__isnull=False).exists():
        raise ValidationError(
            _("Ce numéro a demandé à ne plus recevoir de SMS : la personne peut envoyer START pour en recevoir."),
            code="refused",
        )


def _own(by: User) -> Organisation:
    """Return in whose name a number is answered that wrote to nobody in particular: that of whoever answers."""
    return Organisation.objects.filter(pk__in=rules.organisation_ids(by, Role.FRONT_DESK, Role.MEDIATOR)).order_by(
        "pk"
    )[0]


def _whom(reply: Reply, last: Message | None, by: User) -> Beneficiary | None:
    """Return on whose page it stands: the only one of that number, else who was last written to there."""
    known = list(Beneficiary.objects.visible_to(by).filter(phone=reply.sender)[:2])
    if len(known) == 1:
        return known[0]
    return last.beneficiary if last else None
