"""The shipped places: readable names, words for messages and places of buildings that the lists name otherwise."""

import csv
from functools import cache
from pathlib import Path

from sites.enums import Fee, Mobility, Programme, Service, SupportMode
from sites.imports.rows import Values

DATA_DIR = Path(__file__).parents[1] / "data"
WHEELCHAIR = {"yes": True, "no": False, "": None}
# What a building of this kind offers for certain; the rest is for those who know the place to say.
SERVICES = {"BIB": [Service.ACCESS.value]}
# What the State's label guarantees in every France services.
FRANCE_SERVICES = {
    "typologies": ["RFS"],
    "services": [Service.ADMIN.value, Service.ACCESS.value],
    "programmes": [Programme.FRANCE_SERVICES.value],
    "support_modes": [SupportMode.INDIVIDUAL.value],
    "fees": [Fee.FREE.value],
}
# The lists write straight apostrophes, pages are printed French. A short name keeps to the signs of text messages.
PRINTED = ("name", "address", "locative")
TRAVELLING = {"Bus_équivalent", "Itinérante"}


@cache
def toulouse() -> tuple[tuple[str, Values], ...]:
    """Return the shipped places of Toulouse, each with the name that the city's building list gives it."""
    return tuple((row["source_name"], _toulouse_place(row)) for row in _rows("toulouse.csv"))


@cache
def france_services() -> tuple[Values, ...]:
    """Return the shipped France services of Haute-Garonne."""
    return tuple(
        {
            **_place(row),
            **FRANCE_SERVICES,
            "opening_hours": row["opening_hours"],
            "mobility": mobility(row["format"]),
            "source": "ANCT, liste des France services",
        }
        for row in _rows("france_services_31.csv")
    )


@cache
def by_building() -> dict[str, Values]:
    """Return the shipped places by the building list's own name."""
    return dict(toulouse())


@cache
def by_id() -> dict[str, Values]:
    """Return the shipped France services by identifier."""
    return {place["national_id"]: place for place in france_services()}


def mobility(service_format: str) -> list[str]:
    """Return the standard's word for the format of a France services."""
    return [Mobility.ITINERANT.value if service_format in TRAVELLING else Mobility.FIXED.value]


def _toulouse_place(row: dict[str, str]) -> Values:
    return {
        **_place(row),
        "typologies": [row["kind"]],
        "services": SERVICES.get(row["kind"], []),
        "step_free": WHEELCHAIR[row["wheelchair"]],
        "source": "Toulouse Métropole, établissements recevant du public",
    }


def _place(row: dict[str, str]) -> Values:
    return {
        "national_id": row["id"],
        **{name: row[name].replace("'", "’") for name in PRINTED},
        "postcode": row["postcode"],
        "commune_name": row["commune"],
        "insee_code": row["insee_code"],
        "latitude": float(row["latitude"]),
        "longitude": float(row["longitude"]),
        "short_name": row["short_name"],
    }


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
