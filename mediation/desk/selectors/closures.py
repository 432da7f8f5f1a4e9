"""What was planned at a place that shuts."""

import datetime as dt

from django.utils import timezone

from sites.models import Closure
from workshops.models import Workshop

DAY = dt.timedelta(days=1)


def workshops_during(closure: Closure) -> list[Workshop]:
    """Return the workshops that stand at the place on its closed days, but for those that are over."""
    first, after = (
        timezone.make_aware(dt.datetime.combine(day, dt.time.min)) for day in (closure.starts_on, closure.ends_on + DAY)
    )
    rows = Workshop.objects.standing().for_pages().with_seats().filter(site=closure.site)
    rows = rows.filter(engagement__starts_at__gte=max(first, timezone.now()), engagement__starts_at__lt=after)
    return list(rows.order_by("engagement__starts_at", "pk"))
