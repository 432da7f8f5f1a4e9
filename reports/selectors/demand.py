"""Who asked for help and found no slot, and how long they waited for a call."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.db.models import Min

from helpdesk.enums import Cause, Outcome
from helpdesk.models import HelpRequest
from reports.periods import Period
from reports.selectors.counts import instants
from reports.selectors.figures import Demand

DAY_SECONDS = 24 * 3600
# Whoever missed an appointment, or must move one, has found a slot: they are called, but are no demand refused.
CAUSES: dict[str, str] = {
    Cause.NO_SLOT: "no_slot",
    Cause.CALL_BACK: "call_back",
    Cause.OUT_OF_HOURS: "out_of_hours",
    Cause.TURNED_AWAY: "turned_away",
}


def read_demand(period: Period) -> dict[int, Demand]:
    """Return, by organisation that calls back, the requests made in the period, in one query."""
    begins, ends = instants(period)
    asked = HelpRequest.objects.filter(cause__in=CAUSES, asked_at__gte=begins, asked_at__lt=ends)
    rows = asked.order_by().annotate(first_call=Min("calls__at"))
    found: dict[int, list[Demand]] = defaultdict(list)
    for row in rows.values("organisation", "cause", "outcome", "asked_at", "first_call"):
        found[row["organisation"]].append(_one(row))
    return {organisation: Demand.total(each) for organisation, each in found.items()}


def _one(row: Mapping[str, Any]) -> Demand:
    """Return what one request counts for. Unreachable in the end is neither answered nor waiting."""
    first_call = row["first_call"]
    days = (first_call - row["asked_at"]).total_seconds() / DAY_SECONDS if first_call else None
    return Demand(
        **{CAUSES[row["cause"]]: 1},
        answered=int(row["outcome"] not in ("", Outcome.UNREACHABLE)),
        waiting=int(row["outcome"] == ""),
        days_to_call=() if days is None else (max(days, 0.0),),
    )
