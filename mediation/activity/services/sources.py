"""Declare where a mediator reports: only that source is counted."""

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory.models import Mediator
from mediation.accounts.actor import Actor
from mediation.activity.models import DeclaredSource
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record


@transaction.atomic
def declare_source(
    *, mediator: Mediator, source: str, starts_on: dt.date, by: Actor, ends_on: dt.date | None = None
) -> DeclaredSource:
    """Say that ``mediator`` reports in ``source`` from a day on; a period without end that stood ends the day before.

    Raises ValidationError where the period would overlap another.
    """
    standing = DeclaredSource.objects.select_for_update().filter(mediator=mediator, ends_on=None)
    standing.filter(starts_on__lt=starts_on).update(ends_on=starts_on - dt.timedelta(days=1))
    period = DeclaredSource(mediator=mediator, source=source, starts_on=starts_on, ends_on=ends_on)
    period.full_clean()
    period.save()
    record(action=JournalEntry.Action.CHANGE, subject=mediator, by=by)
    return period


@transaction.atomic
def withdraw_source(*, mediator: Mediator, starts_on: dt.date, by: Actor) -> None:
    """Take back the period of ``mediator`` that starts that day: the organisation's default holds again."""
    deleted, _rows = DeclaredSource.objects.filter(mediator=mediator, starts_on=starts_on).delete()
    if not deleted:
        raise ValidationError(_("Cette période n’existe plus."))
    record(action=JournalEntry.Action.CHANGE, subject=mediator, by=by)
