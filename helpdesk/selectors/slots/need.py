"""What somebody looks for, and what is found."""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.models import Mediator
from helpdesk.enums import WhoBooks
from helpdesk.models import Reason
from mediation.kernel.questions import asked_often
from mediation.territory.models import Quartier
from sites.geography import Point
from sites.models import Site


@dataclass(frozen=True)
class Need:
    """What somebody looks for. Only the reason is usual; without it, any reason that a mediator receives for.

    ``near`` is (latitude, longitude), ``within_km`` the farthest from there; ``mode`` one of Mode, or any.
    ``for_self_service`` keeps what residents may book alone, neither too late nor too early.
    """

    reason: Reason | None
    sites: Iterable[Site | int] | None = None
    quartier: Quartier | None = None
    language: str = ""
    step_free: bool = False
    mediator: Mediator | None = None
    mode: str = ""
    first_day: dt.date | None = None
    last_day: dt.date | None = None
    near: Point | None = None
    within_km: float | None = None
    for_self_service: bool = False

    @property
    def there(self) -> dict[str, Any] | None:
        """One reason, one mediator and one place by their keys, where nothing else is asked."""
        sites = list(self.sites or ())
        asks_more = self.quartier or self.language or self.step_free or self.near
        if self.reason is None or self.mediator is None or len(sites) != 1 or asks_more:
            return None
        return {
            "reason": self.reason.pk,
            "mediator": self.mediator.pk,
            "site": getattr(sites[0], "pk", sites[0]),
            "for_self_service": self.for_self_service,
        }

    def suits(self, reason: Reason) -> bool:
        """Say whether ``reason`` may be booked for this need."""
        return (
            reason.is_active
            and (self.reason is None or reason == self.reason)
            and (not self.mode or self.mode in reason.modes)
            and (not self.language or not reason.languages or self.language in reason.languages)
            and (not self.for_self_service or reason.who_books == WhoBooks.EVERYONE)
        )


@dataclass(frozen=True)
class Slot:
    """A time that can be booked: who receives, where, what for."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    mediator: Mediator
    site: Site
    reason: Reason

    @property
    def token(self) -> str:
        """What a form sends back to name this slot; booking checks anew that it is offered."""
        parts = (self.mediator.uid.hex, self.site.uid.hex, self.reason.uid.hex, int(self.starts_at.timestamp()))
        return ".".join(str(part) for part in parts)


def slot_from_token(token: str) -> Slot:
    """Return the slot that ``token`` names, offered or not. Raises ValidationError where it is unreadable."""
    try:
        mediator_uid, site_uid, reason_uid, timestamp = token.split(".")
        starts_at = dt.datetime.fromtimestamp(int(timestamp), tz=dt.UTC)
        [mediator] = _mediators(uid=uuid.UUID(mediator_uid))
        [site] = _sites(uid=uuid.UUID(site_uid))
        [reason] = _reasons(uid=uuid.UUID(reason_uid))
        ends_at = starts_at + dt.timedelta(minutes=reason.duration_minutes)
        # The first and last days of the calendar have no local time everywhere.
        timezone.localtime(starts_at), timezone.localtime(ends_at)
    except (ValueError, OverflowError, OSError):
        # What cannot be read, and what names nothing of ours.
        raise ValidationError(_("Choisissez un horaire dans la liste."), code="slot_unreadable") from None
    return Slot(starts_at, ends_at, mediator, site, reason)


@asked_often
def _mediators(*, uid: Any) -> QuerySet:
    return Mediator.objects.select_related("organisation").filter(uid=uid).order_by()


@asked_often
def _sites(*, uid: Any) -> QuerySet:
    return Site.objects.filter(uid=uid).order_by()


@asked_often
def _reasons(*, uid: Any) -> QuerySet:
    return Reason.objects.filter(uid=uid).order_by()
