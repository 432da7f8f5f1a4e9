"""Time that is kept for somebody until an hour they were told."""

import datetime as dt

from directory.enums import EngagementKind
from directory.models import Engagement
from helpdesk.enums import Mode
from helpdesk.models import Appointment, Hold
from helpdesk.selectors import Slot
from helpdesk.services.steps import fill_time, save_time


def keep(slot: Slot, *, until: dt.datetime, cancelled: Appointment | None = None) -> Hold:
    """Keep ``slot`` from everybody else until then. Raises Unavailable where it is taken already."""
    engagement = fill_time(Engagement(kind=EngagementKind.HOLD), slot, Mode.SITE)
    save_time(engagement)
    return Hold.objects.create(engagement=engagement, until=until, cancelled=cancelled)


def give_up(hold: Hold) -> None:
    """Give the time back: neither the hold nor its engagement stays, for nothing took place."""
    hold.engagement.delete()


def slot_of_hold(hold: Hold) -> Slot:
    """Return the time kept, with the place and the reason of what it is kept for."""
    about = hold.cancelled or hold.offer
    engagement = hold.engagement
    return Slot(engagement.starts_at, engagement.ends_at, engagement.mediator, about.site, about.reason)
