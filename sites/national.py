"""The national standard "lieux de médiation numérique" v1.0.2: its 32 columns, in order, and where each is kept."""

from dataclasses import dataclass
from enum import Enum

from django.db.models import TextChoices

from sites.enums import (
    AccessMode,
    Audience,
    Fee,
    Mobility,
    Programme,
    Service,
    SpecificCare,
    SupportMode,
    TrainingLabel,
)

SEPARATOR = "|"
UNKNOWN_PIVOT = "00000000000000"
# The published schema's own pattern forgets a space; our list, and people, write it.
SCHEMA_SPELLING = {TrainingLabel.ETAPES.value: "Étapes numériques(La Poste)"}


class Kind(Enum):
    """What a cell holds."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    VALUES = "values"  # several texts
    LABELS = "labels"  # several labels of a closed list


@dataclass(frozen=True)
class Column:
    """One column of the standard."""

    name: str
    field: str
    kind: Kind = Kind.TEXT
    required: bool = False
    pattern: str = ""
    choices: type[TextChoices] | None = None


def _labels(name: str, field: str, choices: type[TextChoices]) -> Column:
    return Column(name, field, Kind.LABELS, choices=choices)


COLUMNS = (
    Column("id", "national_id", required=True),
    Column("pivot", "pivot", required=True, pattern=r"[a-zA-Z0-9]{9,14}"),
    Column("nom", "name", required=True),
    Column("commune", "commune_name", required=True),
    Column("code_postal", "postcode", required=True, pattern=r"\d{5}"),
    Column("code_insee", "insee_code", pattern=r"([013-9]\d|2[AB1-9])\d{3}"),
    Column("adresse", "address", required=True),
    Column("complement_adresse", "address_extra"),
    Column("latitude", "latitude", Kind.NUMBER),
    Column("longitude", "longitude", Kind.NUMBER),
    Column("typologie", "typologies", Kind.VALUES),
    Column("telephone", "phone", Kind.PHONE),
    Column("courriels", "emails", Kind.VALUES),
    Column("site_web", "websites", Kind.VALUES),
    Column("horaires", "opening_hours"),
    Column("presentation_resume", "summary"),
    Column("presentation_detail", "detail"),
    Column("source", "source"),
    _labels("itinerance", "mobility", Mobility),
    Column("structure_parente", "parent_structure"),
    Column("date_maj", "updated_on", Kind.DATE, required=True),
    # Not required by the schema; we export no place without: the map would show a place for nothing.
    _labels("services", "services", Service),
    _labels("publics_specifiquement_adresses", "audiences", Audience),
    _labels("prise_en_charge_specifique", "specific_care", SpecificCare),
    _labels("frais_a_charge", "fees", Fee),
    _labels("dispositif_programmes_nationaux", "programmes", Programme),
    _labels("formations_labels", "training_labels", TrainingLabel),
    Column("autres_formations_labels", "other_labels", Kind.VALUES),
    _labels("modalites_acces", "access_modes", AccessMode),
    _labels("modalites_accompagnement", "support_modes", SupportMode),
    Column("fiche_acces_libre", "accessibility_url"),
    Column("prise_rdv", "booking_url"),
)
FIELDS = frozenset(column.field for column in COLUMNS)
COLUMN_OF_FIELD = {column.field: column.name for column in COLUMNS}
