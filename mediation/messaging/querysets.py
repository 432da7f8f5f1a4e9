"""Pick and scope messages and attempts."""

import datetime as dt
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Case, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from directory import rules
from directory.enums import Role
from mediation.messaging.enums import (
    ANSWERS,
    BY_PEOPLE,
    DID_NOT_ARRIVE,
    TIMED,
    AttemptState,
    Medium,
    MessageKind,
)

# Of which nobody knows whether it arrived: the operator is asked for so long before anybody need care.
LOOKED_FOR = dt.timedelta(seconds=settings.MESSAGE_GIVEN_UP_SECONDS)

# These say when and where somebody is expected: whoever said the last one has said them all.
SAME_NEWS = (MessageKind.BOOKED, MessageKind.EARLY_REMINDER, MessageKind.REMINDER)


class MessageQuerySet(models.QuerySet):
    """Messages."""

    def visible_to(self, user: Any) -> Self:
        """Messages sent in the name of the organisations where the user books or helps."""
        return self.filter(organisation__in=rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR))

    def about(self, occasion: str) -> Self:
        """Messages about one thing."""
        return self.filter(occasion=occasion)

    def unanswered(self) -> Self:
        """Messages that ask something nobody has answered, about a state that stands."""
        return self.exclude(asks="").filter(closed_at__isnull=True)

    def asked_of(self, number: str) -> Self:
        """Messages to a number, whether it was their first way or a later one."""
        return self.filter(Q(recipient=number) | Q(attempts__recipient=number))

    def for_pages(self) -> Self:
        """Bring along what lists show: the person, the structure, and where the last attempt stands."""
        attempts = self.model.attempts.rel.related_model.objects.filter(message=OuterRef("pk")).order_by("-number")
        return self.select_related("beneficiary", "organisation").annotate(
            state=Subquery(attempts.values("state")[:1]),
            state_at=Subquery(attempts.values("state_at")[:1]),
            problem=Subquery(attempts.values("problem")[:1]),
            trouble=Subquery(attempts.values("trouble")[:1]),
            gateway=Subquery(attempts.values("gateway")[:1]),
            not_before=Subquery(attempts.values("not_before")[:1]),
            last_medium=Subquery(attempts.values("medium")[:1]),
            last_recipient=Subquery(attempts.values("recipient")[:1]),
        )

    def to_check(self, now: dt.datetime) -> Self:
        """Messages that still mean something, did not arrive, and that nobody is about to say again (``for_pages``)."""
        still_useful = self.filter(voided_at__isnull=True, useless_after__gt=now).exclude(kind__in=ANSWERS)
        still_looked_for = Q(state=AttemptState.UNKNOWN, state_at__gt=now - LOOKED_FOR)
        return still_useful.filter(state__in=DID_NOT_ARRIVE).exclude(still_looked_for)

    def urgent_first(self, now: dt.datetime) -> Self:
        """Put what needs somebody first, then what is closest to now, on either side (``for_pages``)."""
        by_hand = Q(last_medium__in=BY_PEOPLE, state=AttemptState.WAITING, due_at__lte=now)
        lost = Q(state__in=DID_NOT_ARRIVE) & ~Q(state=AttemptState.UNKNOWN, state_at__gt=now - LOOKED_FOR)
        # The cheap conditions stand first: most messages are of the past, and their last attempt is never looked up.
        still_useful = Q(useless_after__gt=now) & Q(voided_at__isnull=True)
        needs_somebody = still_useful & (by_hand | (lost & ~Q(kind__in=ANSWERS)))
        since, until = ExpressionWrapper(now - F("due_at"), DurationField()), F("due_at") - Value(now)
        return self.order_by(
            Case(When(needs_somebody, then=Value(0)), default=Value(1)),
            Case(When(due_at__lte=now, then=since), default=ExpressionWrapper(until, DurationField())),
            "pk",
        )

    def to_call(self, now: dt.datetime) -> Self:
        """Calls to make (``calls_waiting``).

        One call says all of one thing to one person: of a confirmation that nobody could say and its reminder, the
        latest one stands for both (``said_with``).
        """
        calls = self.calls_waiting(now)
        later = self.model.objects.calls_waiting(now).filter(
            Q(due_at__gt=OuterRef("due_at")) | Q(due_at=OuterRef("due_at"), pk__gt=OuterRef("pk")),
            occasion=OuterRef("occasion"),
            recipient=OuterRef("recipient"),
            organisation=OuterRef("organisation"),
            kind__in=SAME_NEWS,
        )
        return calls.exclude(Exists(later), kind__in=SAME_NEWS)

    def said_with(self, message: Any, now: dt.datetime) -> Self:
        """Messages to call about that the call for ``message`` says as well."""
        if message.kind not in SAME_NEWS:
            return self.none()
        about = self.calls_waiting(now).about(message.occasion).filter(kind__in=SAME_NEWS)
        return about.filter(recipient=message.recipient, organisation=message.organisation_id).exclude(pk=message.pk)

    def calls_waiting(self, now: dt.datetime) -> Self:
        """Messages that only a person can say, on the telephone, and that still mean something."""
        return self.filter(
            attempts__medium=Medium.CALL_LIST,
            attempts__state=AttemptState.WAITING,
            voided_at__isnull=True,
            useless_after__gt=now,
            due_at__lte=now,
        )

    def to_post(self, until: dt.datetime, now: dt.datetime) -> Self:
        """Messages that go by letter and are due at ``until``, once the post has had its time."""
        return self.filter(
            attempts__medium=Medium.LETTER,
            attempts__state=AttemptState.WAITING,
            voided_at__isnull=True,
            useless_after__gt=now,
            due_at__lte=until,
        )


class AttemptQuerySet(models.QuerySet):
    """Attempts."""

    def become(self, state: AttemptState, now: dt.datetime, **fields: Any) -> int:
        """Change the state of these attempts and time it; return how many there were.

        Whoever calls says in the filter which state is left, in the attempt's own columns: PostgreSQL reads those
        again where somebody else has just changed the row, but nothing that comes from a join.
        """
        column = {TIMED[state]: now} if state in TIMED else {}
        return self.update(**{"state": state, "state_at": now, "claimed_until": None, **column, **fields})

    def named(self, reference: str) -> Self:
        """The attempt that we named so ("<uid of the message>-<number>") when we handed it to a gateway; or none."""
        uid, _dash, number = reference.rpartition("-")
        try:
            return self.filter(message__uid=UUID(uid), number=int(number))
        except ValueError:
            return self.none()

    def in_month(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Attempts that left, or were made by people, between these moments; the index ``attempt_by_month`` finds them.

        Those that were never made (refused before they left) count where they ended.
        """
        moment = Coalesce("sending_at", "sent_at", "ended_at")
        return self.alias(made_at=moment).filter(made_at__gte=start, made_at__lt=end)

    def due(self, now: dt.datetime) -> Self:
        """Attempts to make now: waiting or with an expired claim, of messages that still mean something."""
        return self.unclaimed(now).filter(
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            message__due_at__lte=now,
            message__useless_after__gt=now,
            message__voided_at__isnull=True,
        )

    def unclaimed(self, now: dt.datetime) -> Self:
        """Attempts that nobody is about to make."""
        return self.filter(Q(state=AttemptState.WAITING) | Q(state=AttemptState.CLAIMED, claimed_until__lt=now))

    def too_late(self, now: dt.datetime) -> Self:
        """Attempts that were never made, of messages that mean nothing any more."""
        return self.unclaimed(now).filter(message__useless_after__lte=now)

    def lost(self, now: dt.datetime) -> Self:
        """Attempts whose worker disappeared while the gateway was speaking: nobody knows whether they arrived."""
        return self.filter(state=AttemptState.SENDING, claimed_until__lt=now)

    def to_look_for(self, now: dt.datetime) -> Self:
        """Attempts of which nobody knows whether the operator took them, and nobody is asking it."""
        return self.filter(
            Q(not_before__isnull=True) | Q(not_before__lte=now),
            Q(claimed_until__isnull=True) | Q(claimed_until__lt=now),
            state=AttemptState.UNKNOWN,
            sending_at__isnull=False,
        )

    def to_number(self, number: str) -> Self:
        """Attempts made to a number."""
        return self.filter(Q(recipient=number) | Q(recipient="", message__recipient=number))

    def to_forget(self, until: dt.datetime, since: dt.datetime) -> Self:
        """Attempts whose text an operator still keeps, of which nothing was heard between these moments."""
        kept = self.exclude(provider_id="").filter(redacted_at__isnull=True)
        return kept.filter(state_at__lte=until, state_at__gt=since)


class ReplyQuerySet(models.QuerySet):
    """What people sent back."""

    def visible_to(self, user: Any) -> Self:
        """Replies to the organisations where the user books or helps; those to nobody in particular, by every agent."""
        mine = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        if not mine:
            return self.none()
        # One without a sender was emptied: there is nothing left to read or to do.
        return self.filter(Q(organisation__in=mine) | Q(organisation__isnull=True)).exclude(sender="")

    def for_pages(self) -> Self:
        """Bring along what lists show."""
        return self.select_related("message", "organisation", "handled_by")

    def to_handle(self) -> Self:
        """Replies that no rule could answer, and nobody has yet."""
        return self.filter(needs_somebody=True, handled_at__isnull=True)
