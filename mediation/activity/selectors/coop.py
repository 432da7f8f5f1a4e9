"""What La Coop's form asks, in its order and in its words, for those who must report there."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from directory.enums import AgeBand, Gender, Status
from mediation.activity.enums import ActivityKind, Device, ReferredTo, Theme
from mediation.activity.models import Activity, Assistance


@dataclass(frozen=True)
class CoopLine:
    """One question of La Coop's form and its answer."""

    label: str
    value: str

    @property
    def text(self) -> str:
        """The line as it is copied; several answers stand one below the other."""
        return f"{self.label} :\n{self.value}" if "\n" in self.value else f"{self.label} : {self.value}"


def lines_for_coop(activity: Activity) -> list[CoopLine]:
    """Return the answers of an entry, empty ones left out; neither names nor notes, since La Coop has its own files."""
    is_workshop = activity.kind == ActivityKind.WORKSHOP
    people = list(activity.assistances.select_related("commune"))
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
        *_themes(activity),
        (_("Nom de la démarche administrative"), ", ".join(_demarches(activity))),
        (_("Niveau de l’atelier"), activity.get_level_display()),
        (_("Niveau d’autonomie"), activity.get_autonomy_display()),
        (_("Bénéficiaire réorienté"), _("Oui") if activity.referred_to else ""),
        (_("Structure de redirection"), _labels(ReferredTo, [activity.referred_to])),
    ]
    return [CoopLine(label, str(value)) for label, value in pairs if value]


def _themes(activity: Activity) -> list[tuple[str, str]]:
    """Return the themes of mediation, then those of démarches, as the two questions they are."""
    chosen = [(theme.theme, str(theme.get_theme_display())) for theme in activity.themes.all()]
    return [
        (_("Thématiques de médiation"), "\n".join(label for value, label in chosen if value in Theme.values)),
        (_("Thématiques de démarches"), "\n".join(label for value, label in chosen if value not in Theme.values)),
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
    return "\n".join(f"{value} : {number}" for value, number in counts.items() if value)


def _unless(value: str, choices: Any) -> str:
    """Return the label of what was said, nothing where it was not."""
    return "" if value == choices.UNKNOWN else str(choices(value).label)


def _labels(choices: Any, values: list[str]) -> str:
    return "\n".join(str(choices(value).label) for value in values if value)


def _demarches(activity: Activity) -> list[str]:
    names = [demarche.name for demarche in activity.demarches.all()]
    return [*names, activity.demarche_name] if activity.demarche_name else names


def _address(site: Any) -> str:
    return f"{site.address}, {site.postcode} {site.commune_name}" if site else ""
