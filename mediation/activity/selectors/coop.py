"""What La Coop's form asks, in its order and in its words, for those who must report there."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.enums import AgeBand, Gender, Status
from directory.models import Beneficiary
from mediation.activity.enums import ActivityKind, DemarcheTheme, Device, ReferredTo, Theme
from mediation.activity.models import Activity, Assistance
from sites.models import Site


@dataclass(frozen=True)
class CoopLine:
    """One question of La Coop's form and its answer."""

    label: str
    value: str

    @property
    def text(self) -> str:
        """The line as it is copied; several answers stand one below the other."""
        return f"{self.label} :\n{self.value}" if "\n" in self.value else f"{self.label} : {self.value}"


def lines_for_coop(activity: Activity) -> list[CoopLine]:
    """Return the answers of an entry, empty ones left out; neither names nor notes, since La Coop has its own files."""
    people = list(activity.assistances.select_related("commune"))
    return _lines(activity, people, [one.theme for one in activity.themes.all()], _demarches(activity))


def workshop_lines_for_coop(
    *,
    day: dt.date,
    duration_minutes: int,
    site: Site,
    title: str,
    level: str,
    people: Iterable[Beneficiary],
    themes: Iterable[str],
) -> list[CoopLine]:
    """Return the same answers for a workshop that is not logged here: its leader types it into La Coop."""
    session = Activity(
        kind=ActivityKind.WORKSHOP, day=day, duration_minutes=duration_minutes, site=site, title=title, level=level
    )
    present = [
        Assistance(age_band=AgeBand.of(one.birth_year, day), gender=one.gender, status=one.status, commune=one.commune)
        for one in people
    ]
    return _lines(session, present, list(themes), [])


def _lines(activity: Activity, people: list[Assistance], themes: list[str], demarches: list[str]) -> list[CoopLine]:
    is_workshop = activity.kind == ActivityKind.WORKSHOP
    pairs = [
        (_("Type"), activity.get_kind_display()),
        (_("Date"), f"{activity.day:%d/%m/%Y}"),
        (_("Durée (min)"), str(activity.duration_minutes)),
        (_("Lieu de l’accompagnement"), activity.get_place_kind_display()),
        (_("Nom du lieu"), activity.site.name if activity.site else activity.place_name),
        (_("Adresse"), _address(activity.site)),
        (_("Nom de l’atelier"), activity.title),
        (_("Nombre de participants"), str(sum(one.people for one in people)) if is_workshop else ""),
        *_about_people(people),
        (_("Matériel numérique utilisé"), _labels(Device, activity.devices)),
        *_themes(themes),
        (_("Nom de la démarche administrative"), ", ".join(demarches)),
        (_("Niveau de l’atelier"), activity.get_level_display()),
        (_("Niveau d’autonomie"), activity.get_autonomy_display()),
        (_("Bénéficiaire réorienté"), _("Oui") if activity.referred_to else ""),
        (_("Structure de redirection"), _labels(ReferredTo, [activity.referred_to])),
    ]
    return [CoopLine(label, str(value)) for label, value in pairs if value]


def _themes(chosen: list[str]) -> list[tuple[str, str]]:
    """Return the themes of mediation, then those of démarches, as the two questions they are."""
    return [
        (_("Thématiques de médiation"), _labels(Theme, [one for one in chosen if one in Theme.values])),
        (_("Thématiques de démarches"), _labels(DemarcheTheme, [one for one in chosen if one not in Theme.values])),
    ]


def _about_people(people: list[Assistance]) -> list[tuple[str, str]]:
    """Return what is known of one person; of several, how many of each, as La Coop counts anonymous participants."""
    answers = (
        (_("Commune de résidence"), lambda one: f"{one.commune} ({one.commune.insee_code})" if one.commune else ""),
        (_("Genre"), lambda one: _unless(one.gender, Gender)),
        (_("Tranche d’âge"), lambda one: _unless(one.age_band, AgeBand)),
        (_("Statut"), lambda one: _unless(one.status, Status)),
    )
    return [(label, _tally(people, answer)) for label, answer in answers]


def _tally(people: list[Assistance], answer: Any) -> str:
    if len(people) == 1 and people[0].people == 1:
        return answer(people[0])
    counts: dict[str, int] = {}
    for one in people:
        counts[answer(one)] = counts.get(answer(one), 0) + one.people
    return "\n".join(f"{value} : {number}" for value, number in counts.items() if value)


def _unless(value: str, choices: Any) -> str:
    """Return the label of what was said, nothing where it was not."""
    return "" if value == choices.UNKNOWN else str(choices(value).label)


def _labels(choices: Any, values: list[str]) -> str:
    return "\n".join(str(choices(value).label) for value in values if value)


def _demarches(activity: Activity) -> list[str]:
    names = [demarche.name for demarche in activity.demarches.all()]
    return [*names, activity.demarche_name] if activity.demarche_name else names


def _address(site: Site | None) -> str:
    return f"{site.address}, {site.postcode} {site.commune_name}" if site else ""
