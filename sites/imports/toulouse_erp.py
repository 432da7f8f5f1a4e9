"""Toulouse's list of municipal buildings (GeoJSON): those where residents may find help, by readable names."""

import re
from typing import Any

from django.utils.text import slugify
from django.utils.translation import gettext as _

from sites.imports import curated
from sites.imports.national import text
from sites.imports.rows import RowIgnored, RowRefused, Values

COMMUNE, INSEE_CODE = "Toulouse", "31555"
KINDS = {
    "BIBLIOTHEQUE": "BIB",
    "CENTRE SOCIAL": "CS",
    "CENTRE SOCIAL CAF / HALTE GARDERIE": "CS",
    "CENTRE CULTUREL": "MUNI",
    "FOYER SOCIOCULTUREL": "MJC",
    "MAISON DES JEUNES": "MJC",
    "SENIORS": "MUNI",
}
# Offices are many; these are the ones that receive the public.
OFFICES = re.compile(r"MAIRIE ANNEXE|MAIRIE DE QUARTIER|CITOYENNETE|POINT D'ACCUEIL")
# How far accessibility works have gone; "not begun" is also written for buildings that needed none.
STEP_FREE = {"04": True, "02": False, "03": False}
REPETITION = {"B": "bis", "T": "ter"}
WORDS = {
    "3EME": "3e",
    "AINES": "aînés",
    "ALL": "allée",
    "ASS": "association",
    "AV": "avenue",
    "BD": "boulevard",
    "CHATEAU": "château",
    "CHE": "chemin",
    "ECOLE": "école",
    "FBG": "faubourg",
    "GDE": "grande",
    "IMP": "impasse",
    "LT": "lieutenant",
    "PL": "place",
    "RTE": "route",
    "ST": "Saint",
    "THEATRE": "théâtre",
}
SMALL = {"a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "rue", "sur"}
STREETS = {"allée", "avenue", "boulevard", "chemin", "faubourg", "impasse", "place", "route", "rue"}


def map_row(cells: dict[str, Any]) -> Values:
    """Return the place of one building; raise RowIgnored for gymnasiums and the like, RowRefused for holes."""
    building = text(cells.get("equipement"))
    shipped = curated.by_building().get(building)
    if not building or (shipped is None and _kind(cells) is None):
        raise RowIgnored
    if shipped is None and text(cells.get("commune")) != COMMUNE.upper():
        raise RowRefused([_("commune « %(name)s » : seules celles de Toulouse sont lues") % {"name": cells["commune"]}])
    point = _point(cells.get("geometry"))
    postcode = text(cells.get("code_postal"))
    if not re.fullmatch(r"\d{5}", postcode):
        raise RowRefused([_("code_postal : « %(code)s » n’a pas cinq chiffres") % {"code": postcode}])
    own = {"postcode": postcode, "step_free": STEP_FREE.get(text(cells.get("accessible"))[:2]), **point}
    # Where we ship the place, our readable names stay; the list is right about the building itself.
    return {**(shipped or _place(building, cells)), **own}


def _place(building: str, cells: dict[str, Any]) -> Values:
    address = _address(cells)
    if not address:
        raise RowRefused([_("adresse : obligatoire")])
    return {
        "national_id": f"tls-{slugify(building)}",
        "name": readable(re.sub(r"^\d+\s+", "", building)),
        "address": address,
        "commune_name": COMMUNE,
        "insee_code": INSEE_CODE,
        "latitude": None,
        "longitude": None,
        "typologies": [_kind(cells)],
        "source": "Toulouse Métropole, établissements recevant du public",
    }


def _kind(cells: dict[str, Any]) -> str | None:
    kind = text(cells.get("type_equipement"))
    building = text(cells.get("equipement"))
    if kind == "BUREAU ADMINISTRATIF" and OFFICES.search(building) and " EX " not in building:
        return "MUNI"
    return KINDS.get(kind)


def readable(capitals: str) -> str:
    """Return "Foyer Chambery" for "FOYER CHAMBERY": capitals where French wants them, usual short forms written out."""
    words = [_word(word) for word in re.findall(r"[^\W_]+['’]?|[^\w\s]", capitals)]
    sentence = re.sub(r"(['’]) ", r"\1", " ".join(words))
    sentence = re.sub(r" ([,.)\-]) ?", r"\1 ", sentence).replace("( ", "(").replace("- ", "-").strip()
    return sentence[:1].upper() + sentence[1:]


def _word(word: str) -> str:
    spelt = WORDS.get(word, word)
    bare = spelt.lower().rstrip("'’")
    if bare in SMALL or bare in STREETS:
        return spelt.lower()
    return spelt[:1].upper() + spelt[1:].lower()


def _address(cells: dict[str, Any]) -> str:
    street = readable(text(cells.get("nom_rue")))
    if not street:
        return ""
    number = text(cells.get("numero_rue"))
    if number:
        street = street[:1].lower() + street[1:] if street.split()[0].lower() in STREETS else street
    repetition = REPETITION.get(text(cells.get("complement_rue")), "")
    return " ".join(filter(None, (number, repetition, street)))


def _point(geometry: Any) -> dict[str, float]:
    """Return the first point of a building; nothing where the list has none, so that a known one stays."""
    if not isinstance(geometry, dict):
        return {}
    coordinates = geometry.get("coordinates") or []
    if geometry.get("type") == "MultiPoint":
        coordinates = coordinates[0] if coordinates else []
    try:
        longitude, latitude = (round(float(value), 6) for value in coordinates[:2])
    except (TypeError, ValueError):
        raise RowRefused([_("geometry : ce n’est pas un point")]) from None
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        raise RowRefused([_("geometry : hors de la carte")])
    return {"latitude": latitude, "longitude": longitude}
