"""Pick and scope messages and attempts."""

import datetime as dt
from typing import Any, Self
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery

from directory import rules
from directory.enums import Role
from mediation.messaging.enums import (
    ANSWERS,
    BY_PEOPLE,
    CALLABLE_BACK,
    DID_NOT_ARRIVE,
    TIMED,
    AttemptState,
    Medium,
)

# Of which nobody knows whether it arrived: the operator is asked for so long before anybody need care.
LOOKED_FOR = dt.timedelta(seconds=settings.MESSAGE_GIVEN_UP_SECONDS)


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

    def to_call(self, now: dt.datetime) -> Self:
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

    def by_machine(self) -> Self:
        """Attempts that the worker makes: call lists and letters are for people."""
        return self.exclude(medium__in=BY_PEOPLE)

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

    def callable_back(self, occasion: str) -> Self:
        """Attempts about one thing that are not yet in the hands of an operator."""
        return self.filter(message__occasion=occasion, state__in=CALLABLE_BACK)


class ReplyQuerySet(models.QuerySet):
    """What people sent back."""

    def visible_to(self, user: Any) -> Self:
        """Replies to the organisations where the user books or helps; those to nobody in particular, by every agent."""
        mine = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(Q(organisation__in=mine) | Q(organisation__isnull=True)) if mine else self.none()

    def for_pages(self) -> Self:
        """Bring along what lists show."""
        return self.select_related("message", "organisation", "handled_by")

    def to_handle(self) -> Self:
        """Replies that no rule could answer, and nobody has yet."""
        return self.filter(needs_somebody=True, handled_at__isnull=True)
