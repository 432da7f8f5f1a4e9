"""Turn the rows of a file into entries of the log: one per ID CRA, people alike counted together."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from mediation.activity.enums import ActivityKind, DemarcheTheme, Outcome, PlaceKind, Theme
from mediation.activity.models import Activity
from mediation.activity.services.coop.lines import Line
from mediation.activity.services.coop.matching import Known
from mediation.kernel.formats import searchable

PEOPLE = ("age_band", "gender", "status", "commune_id")


@dataclass(frozen=True)
class Entry:
    """What an activity should be after the import. Fields that the file does not hold are left as they stand."""

    external_id: str
    fields: dict[str, Any]
    themes: frozenset[str]
    demarche_ids: frozenset[int]
    people: dict[tuple[Any, ...], int]

    def is_said_by(self, activity: Activity) -> bool:
        """Say whether ``activity`` already holds exactly this."""
        people = Counter[tuple[Any, ...]]()
        for row in activity.assistances.all():
            people[tuple(getattr(row, name) for name in PEOPLE)] += row.people
        return (
            all(getattr(activity, name) == value for name, value in self.fields.items())
            and {theme.theme for theme in activity.themes.all()} == self.themes
            and {demarche.pk for demarche in activity.demarches.all()} == self.demarche_ids
            and dict(people) == self.people
        )


def build_entry(lines: list[Line], known: Known, columns: Iterable[str]) -> Entry:
    """Return the entry of the rows that share one ID CRA; what they have in common is read on the first."""
    first = lines[0]
    demarche = known.demarches.get(searchable(first.demarche))
    fields = {
        "kind": first.kind,
        "day": first.day,
        "duration_minutes": first.duration_minutes,
        "title": first.title,
        "devices": list(first.devices),
        "autonomy": first.level if first.kind == ActivityKind.INDIVIDUAL else "",
        "level": first.level if first.kind == ActivityKind.WORKSHOP else "",
        "outcome": Outcome.REFERRED if first.is_referred else "",
        "referred_to": first.referred_to,
        "demarche_name": "" if demarche else first.demarche,
        **_place(first, known),
    }
    if "mediator_last_name" in columns:
        mediator = known.mediators.get(first.mediator)
        fields["mediator_id"] = mediator.pk if mediator else None
    return Entry(
        external_id=first.external_id,
        fields=fields,
        themes=_themes(lines, demarche),
        demarche_ids=frozenset([demarche.pk] if demarche else []),
        people=dict(Counter(known.people(line) for line in lines)),
    )


def _themes(lines: list[Line], demarche: Any) -> frozenset[str]:
    themes = set().union(*(line.themes for line in lines)) | ({demarche.theme} if demarche else set())
    return frozenset(themes | ({Theme.ADMIN.value} if themes & set(DemarcheTheme.values) else set()))


def _place(line: Line, known: Known) -> dict[str, Any]:
    """Return our place where we know it, else its name as the file says it."""
    site = known.site(line) if line.place_kind == PlaceKind.SITE else None
    if site:
        return {"place_kind": PlaceKind.SITE.value, "site_id": site.pk, "place_name": ""}
    kind = line.place_kind if line.place_name or line.place_kind != PlaceKind.SITE else PlaceKind.ELSEWHERE
    return {"place_kind": str(kind), "site_id": None, "place_name": line.place_name}
