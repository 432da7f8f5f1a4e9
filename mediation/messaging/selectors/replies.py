"""Replies as an agent reads them: who it may be, what was asked, what was understood and done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from directory.models import Beneficiary
from mediation.kernel.phones import is_mobile
from mediation.messaging.enums import Meaning, Medium
from mediation.messaging.models import Reply


@dataclass(frozen=True)
class ReplyLine:
    """One reply. ``people`` are those of that number whom the agent may see: a family shares it."""

    reply: Reply
    people: list[Beneficiary]

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to see to it."""
        return self.reply.needs_somebody and self.reply.handled_at is None

    @property
    def may_be_texted(self) -> bool:
        """Whether an agent may answer in writing."""
        return self.reply.medium == Medium.SMS and is_mobile(self.reply.sender)

    @property
    def is_understood(self) -> bool:
        """Whether the words meant something by themselves."""
        return self.reply.meaning != Meaning.OTHER


def reply_lines(replies: Iterable[Reply], user: Any) -> list[ReplyLine]:
    """Return what a page says of these replies, in one more query."""
    rows = list(replies)
    found: dict[str, list[Beneficiary]] = defaultdict(list)
    numbers = {reply.sender for reply in rows if reply.sender}
    known = Beneficiary.objects.visible_to(user).filter(phone__in=numbers)
    for person in known.order_by("last_name", "first_name", "pk"):
        found[person.phone].append(person)
    return [ReplyLine(reply, found[reply.sender]) for reply in rows]


def count_replies(user: Any) -> int:
    """Return how many replies wait for somebody of the user's organisations."""
    return Reply.objects.visible_to(user).to_handle().count()
