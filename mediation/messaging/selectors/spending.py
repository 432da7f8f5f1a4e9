"""What text messages cost an organisation in a month."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, Sum
from django.utils import timezone

from directory.models import Organisation
from mediation.messaging.enums import ANSWERS, TAKEN, Medium
from mediation.messaging.models import Attempt
from mediation.messaging.querysets import AttemptQuerySet
from mediation.messaging.schedule import at_local

ALERT_SHARE = 0.8
# Answers to numbers that stand on nobody's file: whoever writes again and again from new ones pays nothing for it.
TO_STRANGERS = Q(message__kind__in=ANSWERS, message__beneficiary=None)


@dataclass(frozen=True)
class Spending:
    """What went out in a month: SMS parts as operators bill them, euros as far as they have told, and the limit."""

    parts: int
    cost: Decimal
    limit: int | None

    @property
    def share(self) -> float | None:
        """How much of the limit is spent; None where there is none."""
        if self.limit is None:
            return None
        return self.parts / self.limit if self.limit else 1.0

    @property
    def is_near(self) -> bool:
        """Whether somebody should be told before it is too late."""
        return self.share is not None and self.share >= ALERT_SHARE


@dataclass(frozen=True)
class DayParts:
    """What all organisations' text messages took today, and of that what answered strangers; a limit of 0 is none."""

    parts: int
    limit: int
    to_strangers: int
    limit_to_strangers: int

    @property
    def is_near(self) -> bool:
        """Whether somebody should be told before nothing leaves any more."""
        return bool(self.limit) and self.parts >= ALERT_SHARE * self.limit

    @property
    def is_near_for_strangers(self) -> bool:
        """Whether somebody plays with our number, or many who are new write to it."""
        return bool(self.limit_to_strangers) and self.to_strangers >= ALERT_SHARE * self.limit_to_strangers


def parts_today(now: dt.datetime) -> DayParts:
    """Return what left since midnight, in one query."""
    midnight = at_local(timezone.localdate(now), dt.time.min)
    texts = Attempt.objects.in_month(midnight, midnight + dt.timedelta(days=2)).filter(
        medium=Medium.SMS, state__in=TAKEN
    )
    sums = texts.aggregate(all=Sum("parts", default=0), strangers=Sum("parts", filter=TO_STRANGERS, default=0))
    return DayParts(
        parts=sums["all"],
        limit=settings.SMS_PARTS_PER_DAY,
        to_strangers=sums["strangers"],
        limit_to_strangers=settings.SMS_PARTS_TO_STRANGERS_PER_DAY,
    )


def spending(organisation: Organisation, month: dt.date) -> Spending:
    """Return what an organisation's text messages took in the month of a day."""
    found = _texts(month).filter(message__organisation=organisation)
    sums = found.aggregate(parts=Sum("parts"), cost=Sum("cost"))
    return Spending(sums["parts"] or 0, sums["cost"] or Decimal(0), organisation.sms_parts_per_month)


def parts_sent(organisations: Collection[int], month: dt.date) -> dict[int, int]:
    """Return the parts of the month for each organisation that has sent any, in one query."""
    found = _texts(month).filter(message__organisation__in=organisations).order_by()
    return dict(
        found.values("message__organisation").annotate(parts=Sum("parts")).values_list("message__organisation", "parts")
    )


def attempts_of_month(day: dt.date) -> AttemptQuerySet:
    """Return what was tried in the month of ``day``."""
    first = day.replace(day=1)
    after = (first + dt.timedelta(days=31)).replace(day=1)
    return Attempt.objects.in_month(at_local(first, dt.time.min), at_local(after, dt.time.min))


def _texts(month: dt.date) -> AttemptQuerySet:
    return attempts_of_month(month).filter(medium=Medium.SMS, state__in=TAKEN)
