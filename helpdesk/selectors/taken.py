"""The time of mediators that nobody else can have now."""

import datetime as dt

from django.utils import timezone

from directory.models import Engagement
from directory.querysets import EngagementQuerySet
from helpdesk.models import Hold


def taken_time(now: dt.datetime | None = None) -> EngagementQuerySet:
    """Return what is taken; what was kept until an hour that has passed is free, though nobody gave it back yet.

    Whoever writes into it gives it back first (services.wishes.end_due_holds): the database still holds it.
    """
    over = Hold.objects.filter(until__lte=now or timezone.now()).order_by()
    return Engagement.objects.standing().exclude(pk__in=over.values("engagement"))
