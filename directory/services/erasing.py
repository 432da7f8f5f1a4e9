"""Erase the files of people whom nobody has met for as long as their organisations keep files.

The row stays, without anybody in it: reports count people, appointments and activities by it. No door leads to it any
more, for it is linked to no organisation.
"""

import calendar
import datetime as dt
import logging
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.utils import timezone

from directory.enums import Gender, Language, Status
from directory.models import Beneficiary, BeneficiaryLink, Merge, Organisation
from directory.querysets import UNDO_MERGE_WITHIN
from mediation.accounts.actor import Actor, Door
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record_many
from mediation.privacy.traces import TRACES

logger = logging.getLogger(__name__)

# Nobody waits for long at the desk while files are erased.
AT_ONCE = 100

NOBODY: dict[str, Any] = {
    "title": "",
    "first_name": "",
    "last_name": "",
    "search_name": "",
    "reference": "",
    "phone_typed": "",
    "phone": "",
    "email": "",
    "postal_address": "",
    "birth_year": None,
    "gender": Gender.UNKNOWN,
    "status": Status.UNKNOWN,
    "commune": None,
    "quartier": None,
    "language": Language.FR,
    "preferred_channel": "",
    "reception_needs": [],
}


def erase_old_files() -> int:
    """Erase every file whose term is over, a few at a time; return how many.

    Where several organisations follow somebody, the longest of their terms counts. Safe to run again at any point.
    """
    today = timezone.localdate()
    terms = set(Organisation.objects.order_by().values_list("retention_months", flat=True))
    # Somebody whom no organisation follows is kept as long as organisations keep files by default.
    terms.add(Organisation._meta.get_field("retention_months").get_default())
    erased = sum(_erase_files_of(months, today) for months in sorted(terms))
    if erased:
        logger.warning("%s file(s) of people not met for as long as files are kept were erased.", erased)
    return erased


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the same day of an earlier month, or the last day of that month."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _erase_files_of(months: int, today: dt.date) -> int:
    """Erase the files that are kept for so many months; 0 would erase whoever has just left: a month is the least."""
    since = timezone.make_aware(dt.datetime.combine(months_before(today, max(1, months)), dt.time.min))
    erased, last = 0, 0
    while people := list(
        Beneficiary.objects.past_their_term(months, since)
        .filter(pk__gt=last)
        .order_by("pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    ):
        last = people[-1]
        erased += _erase(people, months, since)
    return erased


@transaction.atomic
def _erase(people: Collection[int], months: int, since: dt.datetime) -> int:
    """Erase those of ``people`` of whom, once nobody can write of them, nothing is known since then."""
    people = _locked(people, months, since)
    for traces in TRACES:
        people -= traces.seen_since(people, since)
    if not people:
        return 0
    files = people | _duplicates_of(people)
    for traces in TRACES:
        traces.erase(files)
    Merge.objects.touching(files).delete()
    BeneficiaryLink.objects.filter(beneficiary__in=files).delete()
    emptied = Beneficiary.objects.filter(pk__in=files)
    emptied.update(**NOBODY, erased_at=timezone.now())
    record_many(action=JournalEntry.Action.DELETE, subjects=emptied.only("uid"), by=Actor(Door.WORKER))
    return len(people)


def _locked(people: Collection[int], months: int, since: dt.datetime) -> set[int]:
    """Return whose term is over, asked anew once whoever books, merges or meets them has finished or waits."""
    list(Beneficiary.objects.select_for_update(no_key=True).filter(pk__in=people).order_by("pk").values_list("pk"))
    links = BeneficiaryLink.objects.select_for_update().filter(beneficiary__in=people)
    list(links.order_by("pk").values_list("pk"))
    over = set(Beneficiary.objects.past_their_term(months, since).filter(pk__in=people).values_list("pk", flat=True))
    undoable = Merge.objects.touching(over).filter(merged_at__gt=timezone.now() - UNDO_MERGE_WITHIN)
    return over - {pk for merge in undoable.values_list("kept", "duplicate") for pk in merge}


def _duplicates_of(people: Collection[int]) -> set[int]:
    """Return the files that were made one with these, and those that had been made one with them before."""
    found: set[int] = set()
    step = set(people)
    while step:
        step = set(Beneficiary.objects.filter(merged_into__in=step).values_list("pk", flat=True)) - found
        found |= step
    return found
