"""People who would come earlier, and one earlier time that is offered and waits for an answer."""

import datetime as dt
from itertools import groupby

from django.utils import timezone

from helpdesk.models import Appointment
from helpdesk.services import cancel, wish_earlier
from mediation.accounts.actor import Actor, Door

# Whoever shows the application signs in as this mediator.
RECEIVES = "mediatrice@example.org"
BY = Actor(door=Door.COMMAND)
# Far enough away that somebody has a day to answer.
NOTICE = dt.timedelta(days=3)
MOST_WISHES = 4


def write_wishes() -> None:
    """Let a few people of one mediator wish an earlier time, and free one that suits them."""
    upcoming = Appointment.objects.upcoming().filter(
        engagement__mediator__user__email=RECEIVES, engagement__starts_at__gt=timezone.now() + NOTICE
    )
    rows = upcoming.select_related("engagement__mediator__organisation", "site", "reason")
    rows = rows.order_by("engagement__mediator", "site", "reason", "engagement__starts_at", "pk")
    alike = groupby(rows, key=lambda one: (one.engagement.mediator_id, one.site_id, one.reason_id))
    first, *later = max((list(group) for _key, group in alike), key=len, default=[None])
    for appointment in later[:MOST_WISHES]:
        wish_earlier(appointment=appointment, by=BY)
    if first and later:
        cancel(appointment=first, by=BY, asked_by_person=True)
