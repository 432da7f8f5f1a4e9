"""The standard as it was before 1.0 (``labels_nationaux``, ``;``): other names, other labels, the same places."""

from collections.abc import Iterable
from typing import Any

from sites.enums import Audience, Fee, Programme, Service, SpecificCare, SupportMode, TrainingLabel
from sites.imports import national
from sites.imports.labels import key, recognise, split
from sites.imports.rows import Values
from sites.national import SEPARATOR, UNKNOWN_PIVOT

# Any of these columns tells an old file from a 1.0 one.
MARKS = frozenset({"labels_nationaux", "publics_accueillis", "public_accueillis", "conditions_acces", "cle_ban"})

SERVICES = {
    "Devenir autonome dans les démarches administratives": Service.ADMIN,
    "Réaliser des démarches administratives avec un accompagnement": Service.ADMIN,
    "Accompagner les démarches de santé": Service.ADMIN,
    "Prendre en main un smartphone ou une tablette": Service.EVERYDAY,
    "Prendre en main un ordinateur": Service.EVERYDAY,
    "Utiliser le numérique au quotidien": Service.EVERYDAY,
    "Favoriser mon insertion professionnelle": Service.JOBS,
    "Soutenir la parentalité et l'éducation avec le numérique": Service.PARENTING,
    "Créer et développer par le numérique": Service.LEISURE,
    "Approfondir ma culture numérique": Service.CULTURE,
    "Promouvoir la citoyenneté numérique": Service.CULTURE,
    "Accéder à une connexion internet": Service.ACCESS,
    "Accéder à du matériel": Service.ACCESS,
    "S'équiper en matériel informatique": Service.EQUIPMENT,
}
PROGRAMMES = {
    "CNFS": Programme.CONUM,
    "Grandes écoles du numérique": Programme.GEN,
    "Point relais CAF": Programme.CAF,
}
AUDIENCES = {
    "Jeunes (16-26 ans)": Audience.YOUNG,
    "Familles/enfants": Audience.FAMILIES,
    "Seniors (+ 65 ans)": Audience.SENIORS,
    "Uniquement femmes": Audience.WOMEN,
}
CARE = {
    "Public langues étrangères": SpecificCare.LANGUAGES,
    "Personnes à mobilité réduite": SpecificCare.MOTOR,
    "Handicaps psychiques": SpecificCare.MENTAL,
}
# Old labels explain themselves after a colon ("Seul : j'ai accès à du matériel…"): the words before it are enough.
SUPPORT = {
    "Seul": SupportMode.ALONE,
    "Avec de l'aide": SupportMode.INDIVIDUAL,
    "A ma place": SupportMode.INDIVIDUAL,
    "Dans un atelier": SupportMode.WORKSHOP,
}
FEES = {"Adhésion": Fee.CONDITIONAL, "Accepte le Pass numérique": Fee.CONDITIONAL}


def map_row(cells: dict[str, Any]) -> Values:
    """Return the place of one row, read through the names and labels of 1.0."""
    return national.map_row(_renamed(cells))


def _renamed(cells: dict[str, Any]) -> dict[str, Any]:
    """Return the row with 1.0's names and labels; what 1.0 has no label for goes to "autres labels"."""
    labels = split(national.text(cells.get("labels_nationaux")))
    publics = split(national.text(cells.get("publics_accueillis") or cells.get("public_accueillis")))
    others = split(national.text(cells.get("labels_autres"))) + [
        label for label in labels if not _find(label, PROGRAMMES, Programme) and not recognise(label, TrainingLabel)
    ]
    accessibility = national.text(cells.get("accessibilite"))
    return {
        **cells,
        "pivot": cells.get("pivot") or UNKNOWN_PIVOT,
        "courriels": cells.get("courriel") or cells.get("courriels"),
        "services": _translated(split(national.text(cells.get("services"))), SERVICES, Service),
        "dispositif_programmes_nationaux": _only(labels, PROGRAMMES, Programme),
        "formations_labels": _only(labels, {}, TrainingLabel),
        "autres_formations_labels": _joined(others),
        "publics_specifiquement_adresses": _only(publics, AUDIENCES, Audience),
        "prise_en_charge_specifique": _only(publics, CARE, SpecificCare),
        "frais_a_charge": _translated(_heads(cells.get("conditions_acces")), FEES, Fee),
        "modalites_accompagnement": _translated(_heads(cells.get("modalites_accompagnement")), SUPPORT, SupportMode),
        "fiche_acces_libre": accessibility if accessibility.startswith("http") else "",
    }


def _heads(cell: Any) -> list[str]:
    """Return the values of a cell without their explanations."""
    return [label.split(" : ")[0].strip() for label in split(national.text(cell))]


def _find(label: str, table: dict[str, Any], choices: Any) -> str | None:
    translated = next((new for old, new in table.items() if key(old) == key(label)), None)
    return translated or recognise(label, choices)


def _translated(labels: list[str], table: dict[str, Any], choices: Any) -> str:
    """Translate every label; an unknown one stays, and is refused with its name."""
    return _joined(_find(label, table, choices) or label for label in labels)


def _only(labels: list[str], table: dict[str, Any], choices: Any) -> str:
    """Keep the labels of one list out of a cell where two were mixed."""
    return _joined(filter(None, (_find(label, table, choices) for label in labels)))


def _joined(labels: Iterable[str | None]) -> str:
    return SEPARATOR.join(dict.fromkeys(str(label) for label in labels))
