"""What the ledger keeps of people: texts, and where they went. What each cost and whether it arrived stays."""

import datetime as dt
import logging
from collections.abc import Collection

from django.db import transaction
from django.db.models import CharField, Exists, F, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from directory.models import Beneficiary
from mediation.messaging.models import Attempt, Line, Message, Reply
from mediation.messaging.querysets import MessageQuerySet, ReplyQuerySet

logger = logging.getLogger(__name__)

# As long as operators keep our texts (delivery.forgetting).
STRANGERS_KEPT = dt.timedelta(days=30)
# What an agent should have answered, as long as a reported mistake that nobody knows the author of.
UNANSWERED_KEPT = dt.timedelta(days=180)
AT_ONCE = 500


def seen_since(people: Collection[int], since: dt.datetime) -> set[int]:
    """Return those of ``people`` who were written to, or wrote back, since then."""
    recent = Q(created_at__gte=since) | Q(due_at__gte=since) | Q(replies__received_at__gte=since)
    rows = Message.objects.filter(recent, beneficiary__in=people)
    return set(rows.order_by().values_list("beneficiary", flat=True))


def erase(people: Collection[int]) -> None:
    """Empty what was said to these people, and what they answered."""
    _empty(Message.objects.filter(beneficiary__in=people))


def forget_strangers() -> int:
    """Empty what was said by and to numbers that stand on nobody's file, and forget what was learnt of them.

    Returns how many messages and replies. A number that refuses messages is kept: it would be written to again.
    """
    now = timezone.now()
    forgotten = 0
    while pks := list(_messages_to_strangers(now).values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += _forget_messages(pks)
    while pks := list(_replies_of_strangers(now).values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += _blank(Reply.objects.filter(pk__in=pks))
    _forget_lines(now)
    if forgotten:
        logger.warning("%s message(s) and replies of numbers on nobody's file were emptied.", forgotten)
    return forgotten


@transaction.atomic
def _forget_messages(pks: list[int]) -> int:
    return _empty(Message.objects.filter(pk__in=pks))


def _empty(messages: MessageQuerySet) -> int:
    """Empty the messages, their attempts and the answers to them; return how many messages.

    Each becomes an occasion of its own: a message is said once to one recipient, and now they have none.
    """
    messages = messages.order_by()
    _blank(Reply.objects.filter(message__in=messages.values("pk")))
    attempts = Attempt.objects.filter(message__in=messages.values("pk")).order_by()
    # The operator's name for it stays: until the operator has erased the text, it is asked to by that name.
    attempts.update(recipient="", body="", problem="")
    name = Concat(Value("erased:"), Cast(F("pk"), CharField()), output_field=CharField())
    return messages.update(occasion=name, recipient="", body="", words={}, calendar="", options=[])


def _blank(replies: ReplyQuerySet) -> int:
    return replies.order_by().update(sender="", body="", outcome="", needs_somebody=False)


def _on_file(number: str) -> Q:
    """Match numbers and addresses that stand on somebody's file."""
    people = Beneficiary.objects.order_by()
    # Files are not indexed by address: they are read through for addresses only.
    is_address = Q(**{f"{number}__contains": "@"})
    by_address = is_address & Q(Exists(people.filter(email=OuterRef(number))))
    return Q(Exists(people.filter(phone=OuterRef(number)))) | by_address


def _messages_to_strangers(now: dt.datetime) -> MessageQuerySet:
    old = Message.objects.filter(beneficiary=None, useless_after__lt=now - STRANGERS_KEPT, due_at__lt=now)
    return old.exclude(recipient="").exclude(_on_file("recipient")).order_by("pk")


def _replies_of_strangers(now: dt.datetime) -> ReplyQuerySet:
    unanswered = Q(needs_somebody=True, handled_at__isnull=True)
    old = Reply.objects.exclude(sender="").filter(
        Q(received_at__lt=now - STRANGERS_KEPT) & ~unanswered | Q(received_at__lt=now - UNANSWERED_KEPT),
        # What a person answered from a number that their file no longer holds goes with their file.
        Q(message__isnull=True) | Q(message__beneficiary__isnull=True),
    )
    return old.exclude(_on_file("sender")).order_by("pk")


def _forget_lines(now: dt.datetime) -> None:
    """Forget what was learnt of numbers and addresses that stand nowhere any more."""
    until = now - STRANGERS_KEPT
    learnt = Line.objects.filter(refuses_since__isnull=True).exclude(
        Q(no_sms_since__gte=until) | Q(is_wrong_since__gte=until)
    )
    said_to = Exists(Message.objects.filter(recipient=OuterRef("recipient")).order_by())
    learnt.exclude(_on_file("recipient")).exclude(said_to).delete()
