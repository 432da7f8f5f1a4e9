"""What a text asks for by itself: handed to whoever grants it; where that depends on a place, asked back."""

from django.utils import timezone
from django.utils.translation import gettext as _

from directory.models import Organisation
from mediation.accounts.actor import Actor, Door
from mediation.kernel.phones import is_mobile
from mediation.messaging.asked import ASKED, Asker
from mediation.messaging.enums import Medium, MessageKind, QuestionKind
from mediation.messaging.models import Message, Reply
from mediation.messaging.selectors.questions import asked_where
from mediation.messaging.services.saying import Question, answer
from mediation.messaging.understanding import SOMEWHERE, Said, somewhere


def may_ask(reply: Reply) -> bool:
    """Say whether a text may ask for something by itself: it comes from a mobile, which we can answer."""
    return reply.medium == Medium.SMS and is_mobile(reply.sender)


def grant(*, reply: Reply, said: Said, asker: Asker) -> bool:
    """Do what a text asks for; False where it asks for nothing that can be done."""
    wish = ASKED.of(said.meaning)
    if wish is None:
        return False
    outcome = wish.grant(asker, said.about)
    if outcome is None and said.meaning in SOMEWHERE:
        answer(asker=asker, kind=MessageKind.WHERE, question=Question(QuestionKind.WHERE, (str(said.meaning),)))
        # Words that are no place we know may say something else.
        reply.needs_somebody = bool(said.about) and not said.about.isdecimal()
        outcome = _("Demandé où.")
    reply.outcome = outcome or ""
    return outcome is not None


def grant_there(*, reply: Reply, asker: Asker) -> bool:
    """Take a text for where somebody is, where that was asked; False where it names no place that we know."""
    where = asked_where(reply.sender, timezone.now())
    wish = ASKED.of(where.options[0]) if where else None
    outcome = wish.grant(asker, somewhere(reply.body)) if wish else None
    if where is None or outcome is None:
        return False
    Message.objects.filter(pk=where.pk).update(closed_at=timezone.now())
    reply.message, reply.outcome = where, outcome
    return True


def asker_of(reply: Reply, *, last: Message | None, organisation: Organisation, language: str) -> Asker:
    """Return who asks by this text; ``last`` is what was last written to the number."""
    return Asker(
        number=reply.sender,
        language=language,
        organisation=organisation,
        by=Actor(door=Door.SMS, label=line_label(reply.sender)),
        occasion=f"asked:{reply.uid}",
        beneficiary=last.beneficiary if last else None,
    )


def line_label(number: str) -> str:
    """Return how a line is told from others without naming anybody."""
    return f"…{number[-4:]}"
