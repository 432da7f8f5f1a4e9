"""Read one row of La Coop's table: one accompagnement, in our words."""

import datetime as dt
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from directory.enums import AgeBand, Gender, Status
from mediation.activity.enums import (
    ActivityKind,
    Autonomy,
    DemarcheTheme,
    Device,
    PlaceKind,
    ReferredTo,
    Theme,
    WorkshopLevel,
)
from mediation.activity.models.activity import LONGEST_MINUTES
from mediation.kernel.formats import searchable
from mediation.privacy.validators import refuse_nir

LONGEST_LABEL = 100
# Columns whose words are compared with a list, by the name people read in the file.
HEADINGS = {
    "place_kind": "Canaux d’accompagnement",
    "devices": "Matériel numérique utilisé",
    "themes": "Thématique(s) d’accompagnement",
    "level": "Niveau d’autonomie (ou de l’atelier)",
    "referred_to": "Structure de redirection",
    "gender": "Genre du bénéficiaire",
    "age_band": "Tranche d’âge du bénéficiaire",
    "status": "Statut du bénéficiaire",
    "title": "Nom de l’atelier",
    "place_name": "Nom du lieu",
    "demarche": "Nom de la démarche administrative",
}


@dataclass(frozen=True)
class Line:
    """One accompagnement of the file. ``unknown`` holds (column, words) that no list of ours knows."""

    number: int
    external_id: str
    kind: str
    day: dt.date
    duration_minutes: int
    participants: int
    place_kind: str
    place_name: str
    address: str
    postcode: str
    title: str
    devices: tuple[str, ...]
    themes: frozenset[str]
    demarche: str
    level: str
    is_referred: bool
    referred_to: str
    commune: str
    gender: str
    age_band: str
    status: str
    mediator: str
    unknown: tuple[tuple[str, str], ...]


def read_line(number: int, cells: dict[str, Any]) -> Line:
    """Return the row as a Line. Raises ValidationError with the reason where it cannot be counted."""
    reader = _Reader(cells)
    kind = reader.one("kind", ActivityKind)
    if not kind:
        raise ValidationError(_("Type inconnu : %(type)s."), params={"type": reader.text("kind") or _("vide")})
    return Line(
        number=number,
        external_id=_external_id(reader),
        kind=kind,
        day=_day(cells.get("day")),
        duration_minutes=_minutes(cells.get("duration")),
        participants=_participants(reader.text("participants")),
        place_kind=reader.one("place_kind", PlaceKind) or PlaceKind.ELSEWHERE,
        place_name=reader.free("place_name", 200),
        address=reader.text("address"),
        postcode=reader.text("postcode"),
        title=reader.free("title", 120),
        devices=tuple(reader.many("devices", Device)),
        themes=frozenset(reader.many("themes", Theme, DemarcheTheme)),
        demarche=reader.free("demarche", 200),
        level=_level(reader, Autonomy if kind == ActivityKind.INDIVIDUAL else WorkshopLevel),
        is_referred=searchable(reader.text("is_referred")) == "oui",
        referred_to=reader.one("referred_to", ReferredTo),
        commune=reader.text("commune"),
        gender=reader.one("gender", Gender) or Gender.UNKNOWN,
        age_band=reader.one("age_band", AgeBand) or AgeBand.UNKNOWN,
        status=reader.one("status", Status) or Status.UNKNOWN,
        mediator=searchable(f"{reader.text('mediator_first_name')} {reader.text('mediator_last_name')}"),
        unknown=tuple(reader.unknown),
    )


@dataclass
class _Reader:
    """The cells of a row, compared with our lists; what they do not know is remembered."""

    cells: dict[str, Any]
    unknown: list[tuple[str, str]] = field(default_factory=list)

    def text(self, name: str) -> str:
        """Return a cell as text; a code that Excel took for a number comes back whole."""
        value = self.cells.get(name, "")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return str(value).strip()

    def free(self, name: str, most: int) -> str:
        """Return free text of at most ``most`` characters, without it where it holds a social security number."""
        text = " ".join(self.text(name).split())
        try:
            refuse_nir(text)
        except ValidationError:
            self.unknown.append((HEADINGS[name], _("texte retiré : numéro de sécurité sociale")))
            return ""
        return text[:most]

    def many(self, name: str, *lists: type[models.TextChoices]) -> list[str]:
        """Return the values of a cell that holds one label per line."""
        known = _labels(*lists)
        found = []
        for label in filter(None, (part.strip() for part in self.text(name).splitlines())):
            if value := known.get(searchable(label)):
                found.append(value)
            else:
                self.unknown.append((HEADINGS.get(name, name), label[:LONGEST_LABEL]))
        return found

    def one(self, name: str, choices: type[models.TextChoices]) -> str:
        """Return the value of a cell that holds one label, empty where there is none."""
        return next(iter(self.many(name, choices)), "")


@cache
def _labels(*lists: type[models.TextChoices]) -> dict[str, str]:
    """Return label → value, accents and apostrophes aside. Kept: the back-office, like La Coop, speaks French only."""
    return {searchable(str(choice.label)): choice.value for choices in lists for choice in choices}


def _external_id(reader: _Reader) -> str:
    if not (found := reader.text("external_id")):
        raise ValidationError(_("L’ID CRA manque."))
    if len(found) > 64:
        raise ValidationError(_("L’ID CRA est trop long."))
    return found


def _day(value: Any) -> dt.date:
    """Return the day of a cell: an Excel date, its number, or text as the French write it."""
    day = _as_day(value)
    if day is None:
        raise ValidationError(_("La date est illisible : %(value)s."), params={"value": value or _("vide")})
    if day > timezone.localdate():
        raise ValidationError(_("La date est à venir : %(value)s."), params={"value": f"{day:%d/%m/%Y}"})
    return day


def _as_day(value: Any) -> dt.date | None:
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            value = from_excel(value)
        if isinstance(value, str):
            form = "%d/%m/%Y" if "/" in value else "%Y-%m-%d"
            value = dt.datetime.strptime(value.strip()[:10], form)  # noqa: DTZ007 — a day has no zone
    except (ValueError, OverflowError):
        return None
    return value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None


def _minutes(value: Any) -> int:
    try:
        minutes = round(float(str(value).replace(",", ".")))
    except (ValueError, OverflowError):
        minutes = 0
    if not 1 <= minutes <= LONGEST_MINUTES:
        raise ValidationError(_("La durée est illisible : %(value)s."), params={"value": value or _("vide")})
    return minutes


def _participants(text: str) -> int:
    """Return 10 for "3/10", the third row of ten; 1 where nothing says otherwise."""
    total = text.rpartition("/")[2].strip()
    return int(total) if total.isdigit() else 1


def _level(reader: _Reader, choices: type[models.TextChoices]) -> str:
    """Return the level of "2/3", or of its label."""
    rank, slash, _scale = reader.text("level").partition("/")
    values = list(choices.values)
    if slash and rank.strip().isdigit() and 1 <= int(rank) <= len(values):
        return values[int(rank) - 1]
    return reader.one("level", choices)
