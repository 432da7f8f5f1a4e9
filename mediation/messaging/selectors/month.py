"""A month's messages by organisation: parts and cost against the limit, and how many arrived by each way."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from directory import rules as directory_rules
from directory.models import Organisation
from mediation.messaging.enums import TAKEN, AttemptState, Medium
from mediation.messaging.gateways import STAYS_HERE
from mediation.messaging.rules import reads_all_figures
from mediation.messaging.selectors.spending import Spending, attempts_of_month

# Nothing tells whether these were read: they have arrived once they are gone.
TOLD_BY_NOBODY = (Medium.EMAIL, Medium.LETTER)
ARRIVED = Q(state=AttemptState.DELIVERED) | Q(medium__in=TOLD_BY_NOBODY, state=AttemptState.SENT)
ENDED = ARRIVED | Q(state__in=[AttemptState.UNDELIVERED, AttemptState.FAILED])


@dataclass(frozen=True)
class Arrivals:
    """Of one way: how many attempts came to an end in the month, and how many of them arrived."""

    medium: Medium
    arrived: int = 0
    ended: int = 0

    def __add__(self, other: "Arrivals") -> "Arrivals":
        """Return those of two organisations together."""
        return Arrivals(self.medium, self.arrived + other.arrived, self.ended + other.ended)

    @property
    def share(self) -> float | None:
        """How many of those that came to an end arrived; None where none did."""
        return self.arrived / self.ended if self.ended else None


@dataclass(frozen=True)
class OrganisationMonth:
    """One organisation's month."""

    organisation: Organisation
    spending: Spending
    arrivals: tuple[Arrivals, ...]


def month_of(user: Any, day: dt.date) -> list[OrganisationMonth]:
    """Return the month of ``day`` for the organisations whose figures the user reads, in two queries."""
    organisations = list(readable_organisations(user))
    return _figures(organisations, day) if organisations else []


def readable_organisations(user: Any) -> QuerySet[Organisation]:
    """Return whose figures somebody reads: those they belong to, or all of the network."""
    active = Organisation.objects.filter(is_active=True).order_by("name")
    return active if reads_all_figures(user) else active.filter(pk__in=directory_rules.organisation_ids(user))


def latest_months(today: dt.date) -> list[dt.date]:
    """Return the first days of this month and of the twelve before it, the latest first."""
    months = [today.year * 12 + today.month - 1 - back for back in range(13)]
    return [dt.date(number // 12, number % 12 + 1, 1) for number in months]


def totals(months: Iterable[OrganisationMonth]) -> tuple[Arrivals, ...]:
    """Return what arrived by each way, of all these organisations together."""
    sums = {medium: Arrivals(medium) for medium in Medium}
    for month in months:
        for one in month.arrivals:
            sums[one.medium] += one
    return tuple(sums.values())


def _figures(organisations: list[Organisation], day: dt.date) -> list[OrganisationMonth]:
    is_billed = Q(medium=Medium.SMS, state__in=TAKEN)
    # What this machine wrote into its own journal reached nobody.
    is_told = ~Q(gateway__in=STAYS_HERE)
    found = (
        attempts_of_month(day)
        .filter(message__organisation__in=organisations)
        .order_by()
        .values("message__organisation", "medium")
        .annotate(
            billed=Sum("parts", filter=is_billed, default=0),
            paid=Sum("cost", default=Decimal(0)),
            arrived=Count("pk", filter=ARRIVED & is_told),
            over=Count("pk", filter=ENDED & is_told),
        )
    )
    rows: dict[tuple[int, str], dict[str, Any]] = {
        (row["message__organisation"], row["medium"]): dict(row) for row in found
    }
    return [_month(organisation, rows) for organisation in organisations]


def _month(organisation: Organisation, rows: dict[tuple[int, str], dict[str, Any]]) -> OrganisationMonth:
    mine = {medium: rows[organisation.pk, medium] for medium in Medium if (organisation.pk, medium) in rows}
    parts = sum(row["billed"] for row in mine.values())
    # SQLite adds up in binary fractions.
    cost = sum((row["paid"] for row in mine.values()), Decimal(0)).quantize(Decimal("0.0001"))
    return OrganisationMonth(
        organisation,
        Spending(parts, cost, organisation.sms_parts_per_month),
        tuple(Arrivals(medium, row["arrived"], row["over"]) for medium, row in mine.items()),
    )
