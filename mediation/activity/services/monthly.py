"""Take the totals of a month from those who count elsewhere: counts, never invented people.

Each total is one row with ``times`` activities and one anonymous count, so that counts, hours and breakdowns stay
exact without pretending to know each help. Typing a month again replaces it.
"""

import datetime as dt
from calendar import monthrange
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from directory.enums import Source
from directory.models import Mediator, Organisation
from mediation.accounts.actor import Actor
from mediation.activity.enums import ActivityKind, PlaceKind, Theme
from mediation.activity.models import Activity, ActivityTheme, Assistance
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record


@dataclass(frozen=True)
class MonthTotals:
    """What an organisation, or one of its mediators, did in a month. ``admin`` is the part of ``individual`` that was
    help with démarches; durations are the usual one of each sort.
    """

    individual: int = 0
    admin: int = 0
    individual_minutes: int = 30
    workshops: int = 0
    participants: int = 0
    workshop_minutes: int = 120


@dataclass(frozen=True)
class _Part:
    """One row of a month."""

    name: str
    kind: str
    times: int
    people: int
    minutes: int
    theme: str = ""


@transaction.atomic
def record_month(
    *, organisation: Organisation, month: dt.date, totals: MonthTotals, by: Actor, mediator: Mediator | None = None
) -> list[Activity]:
    """Write the totals of a month over those that stood. Raises ValidationError where they cannot be."""
    _check(organisation, mediator, month, totals)
    standing = Activity.objects.filter(organisation=organisation, source=Source.MONTHLY)
    standing.filter(external_id__startswith=month_key(month, mediator)).delete()
    written = [_write(organisation, mediator, month, part, by) for part in _parts(totals) if part.times and part.people]
    record(action=JournalEntry.Action.CHANGE, subject=organisation, by=by)
    return written


def month_key(month: dt.date, mediator: Mediator | None) -> str:
    """Return how the rows of one month start their external identifier."""
    return f"{month:%Y-%m}:{mediator.uid if mediator else 'all'}:"


def _parts(totals: MonthTotals) -> list[_Part]:
    others = totals.individual - totals.admin
    one, many = ActivityKind.INDIVIDUAL, ActivityKind.WORKSHOP
    return [
        _Part("admin", one, totals.admin, totals.admin, totals.individual_minutes, Theme.ADMIN),
        _Part("other", one, others, others, totals.individual_minutes),
        _Part("workshop", many, totals.workshops, totals.participants, totals.workshop_minutes),
    ]


def _check(organisation: Organisation, mediator: Mediator | None, month: dt.date, totals: MonthTotals) -> None:
    if _last_day(month) >= timezone.localdate():
        raise ValidationError({"month": _("Ce mois n’est pas fini.")})
    if mediator and mediator.organisation_id != organisation.pk:
        raise ValidationError({"mediator": _("Ce médiateur est d’une autre structure.")})
    if totals.admin > totals.individual:
        raise ValidationError({"admin": _("C’est une partie des aides individuelles : elle ne peut pas les dépasser.")})
    if totals.participants < totals.workshops:
        raise ValidationError({"participants": _("Un atelier a au moins un participant.")})
    if totals.participants and not totals.workshops:
        raise ValidationError({"workshops": _("Combien d’ateliers pour ces participants ?")})


def _write(organisation: Organisation, mediator: Mediator | None, month: dt.date, part: _Part, by: Actor) -> Activity:
    activity = Activity(
        kind=part.kind,
        organisation=organisation,
        mediator=mediator,
        day=_last_day(month),
        duration_minutes=part.minutes,
        times=part.times,
        place_kind=PlaceKind.ELSEWHERE,
        source=Source.MONTHLY,
        external_id=f"{month_key(month, mediator)}{part.name}",
        recorded_by=by.user,
    )
    activity.full_clean()
    activity.save()
    Assistance.objects.create(activity=activity, people=part.people)
    if part.theme:
        ActivityTheme.objects.create(activity=activity, theme=part.theme)
    return activity


def _last_day(month: dt.date) -> dt.date:
    return month.replace(day=monthrange(month.year, month.month)[1])
