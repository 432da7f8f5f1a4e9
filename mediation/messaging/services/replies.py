"""What people send back: understood, done through the same services as everywhere, and confirmed in one message."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from directory.enums import Language, Side
from directory.models import Organisation
from mediation.accounts.actor import Actor, Door
from mediation.accounts.models import User
from mediation.kernel.locks import lock_names
from mediation.kernel.phones import to_e164
from mediation.messaging.enums import Meaning, Medium, MessageKind, QuestionKind
from mediation.messaging.models import Message, Reply
from mediation.messaging.occasions import OCCASIONS
from mediation.messaging.selectors.questions import CHOICES, Answer, Unclear, question_for
from mediation.messaging.services.granting import asker_of, grant, grant_there, line_label, may_ask
from mediation.messaging.services.lines import accept_messages, refuse_messages
from mediation.messaging.services.on_the_phone import last_written, say_on_the_phone
from mediation.messaging.services.saying import Question, say
from mediation.messaging.understanding import Said, is_key, understand
from mediation.messaging.vocabulary import WISHES
from mediation.messaging.wording import Words

DOORS = {Medium.SMS: Door.SMS, Medium.VOICE: Door.VOICE}
LONGEST_OUTCOME = 200
LONGEST_BODY = 2000


def receive(
    *,
    gateway: str,
    provider_id: str,
    sender: str,
    body: str,
    at: dt.datetime,
    medium: Medium = Medium.SMS,
    question: Message | None = None,
) -> Reply:
    """Take what somebody sent back (or the key they pressed in a call, where ``question`` was just read out), do it
    and answer.

    Everything is in one transaction: an operator that delivers the same twice, or gives up and tries again, finds it
    done once or not at all.
    """
    said = understand(body)
    reply = Reply(
        gateway=gateway,
        provider_id=provider_id,
        medium=medium,
        sender=to_e164(sender) or sender,
        # PostgreSQL takes no NUL.
        body=body.replace("\x00", "")[:LONGEST_BODY],
        received_at=at,
        meaning=said.meaning,
    )
    if known := _known(reply):
        return known
    try:
        with transaction.atomic():
            # Two replies of one number are answered one after the other, in whatever order they came.
            lock_names(f"reply:{reply.sender}")
            reply.save()
            before = last_written(reply.sender)
            # What agents read of it is French; each message speaks its person's language.
            with translation.override(Language.FR):
                _handle(reply, said, question)
            if reply.medium == Medium.VOICE:
                say_on_the_phone(reply=reply, since=before)
            reply.save()
    except IntegrityError:
        if known := _known(reply):
            return known
        raise
    return reply


def mark_handled(*, reply: Reply, by: User) -> bool:
    """Note that somebody has seen to a reply; False where another was quicker."""
    open_ones = Reply.objects.to_handle().filter(pk=reply.pk)
    return bool(open_ones.update(handled_at=timezone.now(), handled_by=by))


def _known(reply: Reply) -> Reply | None:
    return Reply.objects.filter(gateway=reply.gateway, provider_id=reply.provider_id).first()


def _handle(reply: Reply, said: Said, question: Message | None) -> None:
    """Do what the text asks for, and say so to whoever sent it."""
    last = last_said(reply)
    reply.organisation = last.organisation if last else None
    match said.meaning:
        case Meaning.STOP:
            is_new = refuse_messages(number=reply.sender, at=reply.received_at)
            reply.outcome = _("Ne veut plus de SMS. Les rendez-vous restent.")
            if is_new:
                _say(reply, MessageKind.STOPPED, said=said)
        case Meaning.START:
            accept_messages(number=reply.sender)
            reply.outcome = _("Veut de nouveau des SMS.")
            _say(reply, MessageKind.STARTED, said=said)
        case Meaning.HELP:
            reply.outcome = _("Mode d’emploi envoyé.")
            _say(reply, MessageKind.HELP, said=said)
        case Meaning.BOOK | Meaning.PLACES | Meaning.CALL_BACK | Meaning.CHANGE | Meaning.MORE:
            if not _granted(reply, said, last):
                _pass_on(reply)
        case _:
            _answer(reply, said, last, question)


def _granted(reply: Reply, said: Said, last: Message | None) -> bool:
    """Do what a text asks for by itself, or take it for where somebody is, where that was asked."""
    payer = reply.organisation or _of_strangers()
    if payer is None or not may_ask(reply):
        return False
    asker = asker_of(reply, last=last, organisation=payer, language=_language(said, last))
    if said.meaning == Meaning.OTHER:
        return grant_there(reply=reply, asker=asker)
    return grant(reply=reply, said=said, asker=asker)


def _answer(reply: Reply, said: Said, last: Message | None, question: Message | None) -> None:
    """Answer the open question, or ask back: never a guess."""
    asked = question_for(reply.sender, said.meaning, timezone.now(), question)
    if isinstance(asked, Answer):
        reply.message = asked.questions[0]
        reply.organisation = reply.message.organisation
        _do(reply, asked)
    elif len(asked.between) > len(CHOICES) and _granted(reply, said, last):
        # Two keys do not tell three apart; whoever grants the wish asks in turn.
        return
    elif asked.between:
        _ask_which(reply, asked)
    elif _granted(reply, said, last):
        return
    elif asked.is_asked and (is_key(reply.body) or said.meaning != Meaning.OTHER):
        reply.outcome = _("Cette réponse n’était pas proposée : mode d’emploi envoyé.")
        _say(reply, MessageKind.HELP)
    else:
        _pass_on(reply)


def _do(reply: Reply, asked: Answer) -> None:
    """Have whoever answers for the occasion do it; where it is too late, say so and let somebody know."""
    by = Actor(door=DOORS[Medium(reply.medium)], label=line_label(reply.sender))
    outcomes = []
    try:
        # All or nothing: half of a family's answer would puzzle everybody.
        with transaction.atomic():
            for message in asked.questions:
                occasion, uid = OCCASIONS.of(message.occasion)
                if occasion is None:
                    raise ValidationError(_("Plus personne ne répond de cette question."), code="no_occasion")
                outcomes.append(occasion.answer(uid=uid, message=message, meaning=asked.meaning, by=by))
            if asked.choice:
                Message.objects.filter(pk=asked.choice.pk).update(closed_at=timezone.now())
    except ValidationError as refusal:
        reply.outcome = " ".join(refusal.messages)[:LONGEST_OUTCOME]
        reply.needs_somebody = True
        _say(reply, MessageKind.TOO_LATE)
    else:
        reply.outcome = " ".join(dict.fromkeys(outcomes))[:LONGEST_OUTCOME]


def _ask_which(reply: Reply, asked: Unclear) -> None:
    """Ask which of several is meant: by its date where two are open, else somebody finds out."""
    reply.message = asked.between[0]
    starts = [Words.from_json(message.words).starts_at for message in asked.between]
    is_choice = len(starts) == 2 and None not in starts and starts[0] != starts[1]
    words = Words(options=tuple(start for start in starts if start)) if is_choice else Words()
    chosen = tuple({"message": str(message.uid), "meaning": str(reply.meaning)} for message in asked.between)
    question = Question(QuestionKind.WHICH, chosen) if is_choice else None
    until = min(message.useless_after for message in asked.between)
    _say(reply, MessageKind.WHICH, words=words, question=question, useless_after=until)
    reply.outcome = _("Plusieurs rendez-vous à ce numéro : demandé lequel.")
    reply.needs_somebody = not is_choice


def _pass_on(reply: Reply) -> None:
    """Hand over to the front desk what no rule understands, and say so at most once a day.

    A word of ours that could not be granted has its own answer: what is then written freely gets the day's.
    """
    reply.needs_somebody = True
    if reply.meaning != Meaning.OTHER:
        reply.outcome = _("Aucune question n’attendait de réponse à ce numéro.")
    today = Message.objects.filter(
        kind=MessageKind.NOT_UNDERSTOOD,
        recipient=reply.sender,
        created_at__date=timezone.localdate(),
    )
    if reply.meaning == Meaning.OTHER:
        words = Reply.objects.filter(sender=reply.sender, meaning__in=WISHES).values_list("uid", flat=True)
        today = today.exclude(
            occasion__in=[f"reply:{uid}" for uid in words.filter(received_at__date=timezone.localdate())]
        )
    if not today.exists():
        _say(reply, MessageKind.NOT_UNDERSTOOD)


def _say(
    reply: Reply,
    kind: MessageKind,
    *,
    words: Words | None = None,
    question: Question | None = None,
    useless_after: dt.datetime | None = None,
    said: Said | None = None,
) -> None:
    """Text an answer to the number; a call answers by itself, and a name or an operator's service reads none."""
    if reply.medium != Medium.SMS or not reply.sender.startswith("+"):
        return
    last = reply.message or last_said(reply)
    payer = reply.organisation or _of_strangers()
    if payer is None:
        return
    say(
        kind=kind,
        recipient=reply.sender,
        occasion=f"reply:{reply.uid}",
        organisation=payer,
        beneficiary=last.beneficiary if last else None,
        language=_language(said, last),
        words=words,
        question=question,
        useless_after=useless_after,
    )


def _language(said: Said | None, last: Message | None) -> str:
    """Return in which language to answer: that of the word they sent, else that of what was said before."""
    spoken, before = (said.languages if said else ()), last.language if last else Language.FR
    return before if not spoken or before in spoken else min(spoken)


def last_said(reply: Reply) -> Message | None:
    """Return what was last written to the number: the reply came to whoever wrote it."""
    rows = Message.objects.filter(recipient=reply.sender).select_related("organisation", "beneficiary")
    return rows.order_by("-created_at", "-pk").first()


def _of_strangers() -> Organisation | None:
    """Return in whose name a number is answered that was never written to: the city's, else the first."""
    active = Organisation.objects.active()
    return active.filter(side=Side.MUNICIPAL).order_by("pk").first() or active.order_by("pk").first()
