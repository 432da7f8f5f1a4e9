"""Where: quartiers with their population, and places with their computers."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.db.models import Sum
from django.utils.translation import gettext as _

from mediation.territory.models import Quartier
from reports.periods import Period
from reports.secrecy import Addition, hidden_cells
from reports.selectors.counts import counted_activities, counted_assistances
from reports.selectors.figures import QuartierLine, SiteLine
from sites.models import Site

ELSEWHERE = "elsewhere"
UNKNOWN = "unknown"
Key = int | str


def read_sites(period: Period) -> list[SiteLine]:
    """Return every place with what was done there in the period, and its computers as they are today."""
    activities = counted_activities(period).filter(site__isnull=False).values_list("site")
    people = counted_assistances(period).filter(activity__site__isnull=False).values_list("activity__site")
    activities_of = dict(activities.annotate(count=Sum("times")))
    people_of = dict(people.annotate(count=Sum("people")))
    places = Site.objects.with_workstations().select_related("organisation", "quartier").order_by("name", "pk")
    return [
        SiteLine(
            name=site.name,
            quartier=site.quartier.short_name if site.quartier else "",
            quartier_id=site.quartier_id,
            organisation=site.organisation.name if site.organisation else "",
            organisation_id=site.organisation_id,
            activities=activities_of.get(site.pk, 0),
            assistances=people_of.get(site.pk, 0),
            computers=site.workstation_count,
            working=site.workstation_count - site.broken_count,
        )
        for site in places.defer("detail", "how_to_come")
    ]


def read_quartiers(period: Period, sites: Sequence[SiteLine]) -> tuple[QuartierLine, ...]:
    """Return the city's quartiers with the accompagnements of those who live there; then elsewhere and unknown.

    They add up to the city's accompagnements, so small ones take another with them out of sight.
    """
    quartiers = list(
        Quartier.objects.filter(commune__insee_code=settings.NETWORK_INSEE_CODE).defer("outline").order_by("number")
    )
    values: dict[Key, int] = dict.fromkeys([*(each.pk for each in quartiers), ELSEWHERE, UNKNOWN], 0)
    homes = counted_assistances(period).values_list("quartier", "commune__insee_code")
    for quartier_id, insee_code, count in homes.annotate(count=Sum("people")):
        values[_home(quartier_id, insee_code, values)] += count
    hidden = hidden_cells(values, [Addition(tuple(values))])
    lines = [_quartier_line(each, values[each.pk], each.pk in hidden, sites) for each in quartiers]
    rest = {ELSEWHERE: _("Autre commune"), UNKNOWN: _("Quartier non communiqué")}
    return (*lines, *(_line_without_population(rest[key], values[key], key in hidden) for key in rest))


def _home(quartier_id: int | None, insee_code: str | None, known: dict[Key, int]) -> Key:
    """Return the quartier, or whether the commune is another one or nothing was said."""
    if quartier_id in known:
        return quartier_id
    return ELSEWHERE if insee_code and insee_code != settings.NETWORK_INSEE_CODE else UNKNOWN


def _quartier_line(quartier: Quartier, count: int, is_hidden: bool, sites: Sequence[SiteLine]) -> QuartierLine:
    here = [site for site in sites if site.quartier_id == quartier.pk]
    per_thousand = round(1000 * count / quartier.population, 1) if quartier.population and not is_hidden else None
    return QuartierLine(
        name=quartier.short_name,
        population=quartier.population,
        assistances=None if is_hidden else count,
        per_thousand=per_thousand,
        sites=len(here),
        computers=sum(site.computers for site in here),
    )


def _line_without_population(name: str, count: int, is_hidden: bool) -> QuartierLine:
    return QuartierLine(name=name, population=None, assistances=None if is_hidden else count, per_thousand=None)


def sites_and_computers(sites: Sequence[SiteLine]) -> dict[int | None, dict[str, int]]:
    """Return how many places and computers each organisation has; under None, those of no organisation."""
    counts: dict[int | None, dict[str, Any]] = defaultdict(lambda: {"sites": 0, "computers": 0, "working": 0})
    for site in sites:
        counts[site.organisation_id]["sites"] += 1
        counts[site.organisation_id]["computers"] += site.computers
        counts[site.organisation_id]["working"] += site.working
    return counts
