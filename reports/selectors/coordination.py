"""The coordination report: what each organisation did, side by side, and what is missing from it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Exists, Min, OuterRef
from django.utils import timezone

from directory.enums import Side
from directory.models import Mediator, Organisation
from reports.models import Confirmation
from reports.periods import Month, Period
from reports.rules import confirmable_ids, reads_whole_network
from reports.selectors.breakdowns import read_breakdowns
from reports.selectors.counts import Tally, count_accompagnements, count_overlapping
from reports.selectors.demand import read_demand
from reports.selectors.doors import read_doors
from reports.selectors.figures import (
    Breakdown,
    Confirmed,
    CoordinationReport,
    Demand,
    Figures,
    OrganisationLine,
)
from reports.selectors.ground import read_quartiers, read_sites, sites_and_computers


def coordination_report(*, first_day: dt.date, last_day: dt.date, user: Any) -> CoordinationReport:
    """Return the report of a period as ``user`` may read it, in a constant number of queries.

    Coordinators of the network read every organisation; others read the city and the organisations they answer for.
    """
    period = Period(first_day, last_day)
    tally, sites = Tally(period), read_sites(period)
    organisations = _organisations(tally)
    ground = sites_and_computers(sites)
    figures = {each.pk: replace(tally.figures(each.pk), **ground[each.pk]) for each in organisations}
    demand = read_demand(period)
    report = CoordinationReport(
        period=period,
        made_at=timezone.now(),
        is_whole_network=reads_whole_network(user),
        organisations=_lines(organisations, figures, demand, tally, user),
        municipal=_side(organisations, figures, Side.MUNICIPAL),
        partner=_side(organisations, figures, Side.PARTNER),
        city=Figures.total([*figures.values(), _of_nobody(sites, figures)]),
        demand=_demand_by_side(organisations, demand),
        doors=read_doors(period),
        before=count_accompagnements(period.before),
        months=tally.month_lines(),
        breakdowns=read_breakdowns(period, organisations),
        quartiers=read_quartiers(period, sites),
        sites=tuple(site for site in sites if site.activities or site.computers),
    )
    return report if report.is_whole_network else _restricted(report, confirmable_ids(user))


def _organisations(tally: Tally) -> list[Organisation]:
    """Return, by name, those that take part today and those that did something in the period."""
    receiving = Mediator.objects.active().filter(organisation=OuterRef("pk"))
    rows = Organisation.objects.annotate(is_receiving=Exists(receiving), first_activity=Min("activities__day"))
    return [each for each in rows.order_by("name") if each.is_active or tally.by_organisation.get(each.pk)]


def _side(organisations: Sequence[Organisation], figures: dict[int, Figures], side: Side) -> Figures:
    return Figures.total(figures[each.pk] for each in organisations if each.side == side)


def _demand_by_side(organisations: Sequence[Organisation], demand: dict[int, Demand]) -> dict[str, Demand]:
    """Return the demand of each side, and of the whole city under ""."""
    sides = {side: [one.pk for one in organisations if one.side == side] for side in Side}
    totals = {str(side): Demand.total(demand.get(pk, Demand()) for pk in pks) for side, pks in sides.items()}
    return {**totals, "": Demand.total(totals.values())}


def _of_nobody(sites: Sequence[Any], figures: dict[int, Figures]) -> Figures:
    """Return the places and computers of the city that no organisation of the report holds."""
    rest = [site for site in sites if site.organisation_id not in figures]
    return Figures(
        sites=len(rest), computers=sum(site.computers for site in rest), working=sum(site.working for site in rest)
    )


def _lines(
    organisations: Sequence[Organisation],
    figures: dict[int, Figures],
    demand: dict[int, Demand],
    tally: Tally,
    user: Any,
) -> tuple[OrganisationLine, ...]:
    overlapping, own = count_overlapping(tally.period), confirmable_ids(user)
    confirmed = _confirmations(tally, user)
    is_over = tally.period.last_day < timezone.localdate()
    return tuple(
        OrganisationLine(
            pk=each.pk,
            uid=each.uid,
            name=each.name,
            side=each.side,
            source=each.default_source,
            figures=figures[each.pk],
            demand=demand.get(each.pk, Demand()),
            missing_months=_missing_months(each, tally),
            overlapping=overlapping.get(each.pk, 0),
            confirmed=confirmed.get(each.pk),
            may_confirm=is_over and each.pk in own,
            is_fictional=each.is_fictional,
        )
        for each in organisations
    )


def _missing_months(organisation: Organisation, tally: Tally) -> tuple[Month, ...]:
    """Return the finished months in which nothing was logged by an organisation that receives people.

    Months before its first activity ever are not missing: it had not joined yet.
    """
    if not organisation.is_receiving:
        return ()
    today = timezone.localdate()
    joined = organisation.first_activity or dt.date.min
    return tuple(
        month
        for month in tally.period.months
        if joined <= month.last_day < today and month not in tally.months_of[organisation.pk]
    )


def _confirmations(tally: Tally, user: Any) -> dict[int, Confirmed]:
    """Return the latest confirmation of each organisation that covers the whole period."""
    return {
        row.organisation_id: Confirmed(
            at=row.confirmed_at,
            is_outdated=tally.last_logged.get(row.organisation_id, row.confirmed_at) > row.confirmed_at,
        )
        for row in Confirmation.objects.visible_to(user).covering(tally.period)
    }


def _restricted(report: CoordinationReport, ids: set[int]) -> CoordinationReport:
    """Return the report with the city's figures and those of the given organisations only."""
    return replace(
        report,
        organisations=tuple(line for line in report.organisations if line.pk in ids),
        breakdowns={key: _restricted_breakdown(each, ids) for key, each in report.breakdowns.items()},
        sites=tuple(site for site in report.sites if site.organisation_id in ids),
    )


def _restricted_breakdown(breakdown: Breakdown, ids: set[int]) -> Breakdown:
    return replace(
        breakdown,
        by_organisation=tuple(line for line in breakdown.by_organisation if line.organisation_id in ids),
    )
