"""What text messages cost an organisation in a month."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Sum

from directory.models import Organisation
from mediation.messaging.enums import TAKEN, Medium
from mediation.messaging.models import Attempt
from mediation.messaging.querysets import AttemptQuerySet
from mediation.messaging.schedule import at_local

ALERT_SHARE = 0.8


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
