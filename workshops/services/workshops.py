"""Set up workshops, move them, cancel them, and tell their people."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import EngagementKind
from directory.models import Engagement, Mediator
from mediation.accounts.actor import Actor
from mediation.activity.enums import WorkshopLevel
from sites.models import Site
from workshops.models import Registration, Workshop
from workshops.services import messages
from workshops.services.locks import lock_mediators, lock_workshop
from workshops.services.offers import offer_next
from workshops.services.seats import add_seats, check_capacity, remove_seats


@transaction.atomic
def open_workshop(
    *,
    mediator: Mediator,
    site: Site,
    title: str,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    capacity: int,
    by: Actor,
    description: str = "",
    what_to_bring: str = "",
    themes: Iterable[str] = (),
    level: str = WorkshopLevel.BEGINNER,
    is_public: bool = True,
) -> Workshop:
    """Set up a workshop with its seats, and take its leader's time.

    Raises ValidationError where the leader is taken at that hour, by another workshop or an appointment, and for a
    day that is over.
    """
    check_capacity(capacity)
    _refuse_a_past_day(starts_at)
    lock_mediators(mediator)
    engagement = Engagement(mediator=mediator, starts_at=starts_at, ends_at=ends_at, kind=EngagementKind.WORKSHOP)
    _save_time(engagement)
    workshop = Workshop(
        engagement=engagement,
        site=site,
        title=title,
        description=description,
        what_to_bring=what_to_bring,
        themes=list(themes),
        level=level,
        is_public=is_public,
    )
    workshop.full_clean(exclude=["themes"])
    workshop.save()
    add_seats(workshop, capacity)
    return workshop


@transaction.atomic
def update_workshop(
    *,
    workshop: Workshop,
    by: Actor,
    mediator: Mediator,
    site: Site,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    capacity: int,
    **fields: Any,
) -> Workshop:
    """Change a workshop as one form says it; people are told where the time or the place changes."""
    current = move_workshop(
        workshop=workshop, by=by, mediator=mediator, site=site, starts_at=starts_at, ends_at=ends_at
    )
    for name, value in fields.items():
        setattr(current, name, value)
    current.full_clean(exclude=["themes"])
    current.save()
    return change_capacity(workshop=current, capacity=capacity, by=by)


@transaction.atomic
def move_workshop(
    *,
    workshop: Workshop,
    by: Actor,
    starts_at: dt.datetime,
    ends_at: dt.datetime,
    mediator: Mediator | None = None,
    site: Site | None = None,
) -> Workshop:
    """Give a workshop another time, place or leader; people are told of another start or place.

    Raises ValidationError where the leader is taken, the workshop is over or cancelled, or the new day is over.
    """
    leader = mediator or workshop.mediator
    lock_mediators(workshop.mediator, leader)
    current = lock_workshop(workshop)
    engagement, old_site, old_start = current.engagement, current.site, current.starts_at
    new = (leader, starts_at, ends_at, site or old_site)
    if new == (engagement.mediator, old_start, engagement.ends_at, old_site):
        return current
    _refuse_changing(current)
    _refuse_a_past_day(starts_at)
    engagement.mediator, engagement.starts_at, engagement.ends_at, current.site = new
    _save_time(engagement)
    _raise_version(current)
    if (starts_at, current.site) != (old_start, old_site):
        messages.say_moved(_raise_versions(current))
    return current


@transaction.atomic
def change_capacity(*, workshop: Workshop, capacity: int, by: Actor) -> Workshop:
    """Give a workshop more or fewer seats; new ones are offered to those who wait, only free ones go away."""
    check_capacity(capacity)
    current = lock_workshop(workshop)
    difference = capacity - current.seats.count()
    if difference > 0:
        add_seats(current, difference)
        offer_next(workshop=current)
    elif difference < 0:
        remove_seats(current, -difference)
    return current


@transaction.atomic
def cancel_workshop(*, workshop: Workshop, by: Actor) -> Workshop:
    """Give the leader's time back and tell everybody who is registered, waits or was offered a seat."""
    lock_mediators(workshop.mediator)
    current = lock_workshop(workshop)
    _refuse_changing(current)
    current.engagement.released_at = timezone.now()
    current.engagement.save(update_fields=["released_at"])
    _raise_version(current)
    messages.say_cancelled(_raise_versions(current))
    return current


def _refuse_a_past_day(starts_at: dt.datetime) -> None:
    # This morning's may still be written down, with who came; what was done before belongs to the activity log.
    if timezone.localdate(starts_at) < timezone.localdate():
        raise ValidationError(
            _("Ce jour est passé. Pour noter un atelier qui a déjà eu lieu, ouvrez « Activités »."), code="past"
        )


def _refuse_changing(workshop: Workshop) -> None:
    if workshop.is_cancelled:
        raise ValidationError(_("Cet atelier est annulé : il ne change plus."), code="cancelled")
    took_place = workshop.activity_id or workshop.registrations.attended().exists()
    if took_place or workshop.ends_at <= timezone.now():
        raise ValidationError(_("Cet atelier a eu lieu : il ne change plus."), code="took_place")


def _save_time(engagement: Engagement) -> None:
    """Write the leader's time; the database has the last word on whether it is free."""
    engagement.full_clean()
    try:
        with transaction.atomic():
            engagement.save()
    except IntegrityError:
        raise ValidationError(_("Ce médiateur est déjà pris à cette heure."), code="mediator_taken") from None


def _raise_version(workshop: Workshop) -> None:
    workshop.version += 1
    workshop.changed_at = timezone.now()
    workshop.save(update_fields=["version", "changed_at", "site"])


def _raise_versions(workshop: Workshop) -> list[Registration]:
    """Return everybody who counts on the workshop, each in a new state to be told of."""
    people = list(workshop.registrations.live().select_related("beneficiary"))
    for registration in people:
        registration.workshop = workshop
        registration.version += 1
        registration.confirmed_at = None
    Registration.objects.bulk_update(people, ["version", "confirmed_at"])
    return people
