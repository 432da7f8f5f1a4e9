"""Load the shipped reference data of the territory."""

import csv
import datetime as dt
import json
from pathlib import Path
from typing import Any

from django.db import transaction

from mediation.territory.models import Commune, Quartier, SchoolHoliday

DATA_DIR = Path(__file__).parent / "data"
# The shipped quartiers are those of this commune, whatever network installs them.
QUARTIERS_COMMUNE = "31555"


@transaction.atomic
def load_territory() -> None:
    """Write communes, quartiers and school holidays as shipped; a second run changes nothing."""
    _load_communes()
    _load_quartiers()
    _load_school_holidays()


def _load_communes() -> None:
    Commune.objects.bulk_create(
        [
            Commune(
                insee_code=row["insee_code"],
                name=row["name"],
                postcodes=row["postcodes"].split("|"),
                population=int(row["population"]) if row["population"] else None,
            )
            for row in _rows("communes.csv")
        ],
        update_conflicts=True,
        unique_fields=["insee_code"],
        update_fields=["name", "postcodes", "population"],
    )


def _load_quartiers() -> None:
    commune = Commune.objects.get(insee_code=QUARTIERS_COMMUNE)
    features = json.loads((DATA_DIR / "quartiers.geojson").read_text(encoding="utf-8"))["features"]
    Quartier.objects.bulk_create(
        [Quartier(commune=commune, outline=feature["geometry"], **feature["properties"]) for feature in features],
        update_conflicts=True,
        unique_fields=["commune", "number"],
        update_fields=["name", "short_name", "population", "population_65", "outline"],
    )


def _load_school_holidays() -> None:
    SchoolHoliday.objects.bulk_create(
        [
            SchoolHoliday(
                label=row["label"],
                starts_on=dt.date.fromisoformat(row["starts_on"]),
                ends_on=dt.date.fromisoformat(row["ends_on"]),
            )
            for row in _rows("school_holidays.csv")
        ],
        update_conflicts=True,
        unique_fields=["starts_on"],
        update_fields=["label", "ends_on"],
    )


def _rows(name: str) -> list[dict[str, Any]]:
    with (DATA_DIR / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
