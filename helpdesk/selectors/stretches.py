"""A free stretch of the agenda, and the hours at which something may begin there."""

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.expansion import instant
from helpdesk.models import Reason
from helpdesk.selectors.slots import Need, Slot, first_slots
from sites.models import Site

MOST_STARTS = 100


@dataclass(frozen=True)
class Stretch:
    """Time that a mediator has free at a site."""

    mediator: Mediator
    site: Site
    starts_at: dt.datetime
    ends_at: dt.datetime

    @property
    def token(self) -> str:
        """What an address says to name this stretch; booking checks anew that it is free."""
        ends = (int(self.starts_at.timestamp()), int(self.ends_at.timestamp()))
        return ".".join((self.mediator.uid.hex, self.site.uid.hex, *map(str, ends)))

    @property
    def day(self) -> dt.date:
        """The day of the city's calendar on which it begins."""
        return timezone.localdate(self.starts_at)

    def slot_at(self, time: dt.time, reason: Reason) -> Slot:
        """Return the time that begins at an hour of the same day, offered or not."""
        start = instant(self.day, time, timezone.get_default_timezone())
        end = start + dt.timedelta(minutes=reason.duration_minutes)
        return Slot(start, end, self.mediator, self.site, reason)


def stretch_from_token(token: str) -> Stretch:
    """Return the stretch that ``token`` names. Raises ValidationError where it is unreadable."""
    try:
        mediator_uid, site_uid, *ends = token.split(".")
        starts_at, ends_at = (dt.datetime.fromtimestamp(int(end), tz=dt.UTC) for end in ends)
        # The first and last days of the calendar have no local time everywhere.
        timezone.localtime(starts_at), timezone.localtime(ends_at)
        mediator = Mediator.objects.select_related("organisation").get(uid=uuid.UUID(mediator_uid))
        site = Site.objects.get(uid=uuid.UUID(site_uid))
    except (ValueError, OverflowError, OSError, Mediator.DoesNotExist, Site.DoesNotExist):
        raise ValidationError(_("Choisissez un temps libre dans l’agenda."), code="stretch_unreadable") from None
    return Stretch(mediator, site, starts_at, ends_at)


def starts_in(stretch: Stretch, reason: Reason) -> list[Slot]:
    """Return the times offered for ``reason`` within a free stretch."""
    need = Need(
        reason=reason,
        sites=[stretch.site.pk],
        mediator=stretch.mediator,
        first_day=stretch.day,
        last_day=stretch.day,
    )
    found = first_slots(need, limit=MOST_STARTS)
    return [slot for slot in found if stretch.starts_at <= slot.starts_at and slot.ends_at <= stretch.ends_at]
