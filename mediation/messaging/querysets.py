"""Pick and scope messages and attempts."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q

from directory import rules
from directory.enums import Role
from mediation.messaging.enums import AttemptState


class MessageQuerySet(models.QuerySet):
    """Messages."""

    def visible_to(self, user: Any) -> Self:
        """Messages sent in the name of the organisations where the user books or helps."""
        return self.filter(organisation__in=rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR))

    def about(self, occasion: str) -> Self:
        """Messages about one thing."""
        return self.filter(occasion=occasion)


class AttemptQuerySet(models.QuerySet):
    """Attempts."""

    def due(self, now: dt.datetime) -> Self:
        """Attempts to make now: waiting or with an expired claim, of messages that still mean something."""
        free = Q(state=AttemptState.WAITING) | Q(state=AttemptState.CLAIMED, claimed_until__lt=now)
        return self.filter(free, message__due_at__lte=now, message__voided_at__isnull=True)
