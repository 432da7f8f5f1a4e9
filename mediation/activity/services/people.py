"""Who was helped, as an entry of the log keeps it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from directory.enums import AgeBand, Gender, Status
from directory.models import Beneficiary
from mediation.activity.models import Activity, Assistance
from mediation.territory.models import Commune, Quartier


@dataclass(frozen=True)
class Person:
    """Somebody who was helped: a person on file, or ``people`` anonymous ones alike.

    For a person on file the figures are taken from the file, as they stand on the day of the activity.
    """

    beneficiary: Beneficiary | None = None
    people: int = 1
    age_band: str = AgeBand.UNKNOWN
    gender: str = Gender.UNKNOWN
    status: str = Status.UNKNOWN
    commune: Commune | None = None
    quartier: Quartier | None = None

    def figures(self, on: dt.date) -> dict[str, Any]:
        """Return what the entry keeps about the person, whatever becomes of the file."""
        known = self.beneficiary
        if known is None:
            commune = self.commune or (self.quartier.commune if self.quartier else None)
            return {
                "age_band": self.age_band,
                "gender": self.gender,
                "status": self.status,
                "commune": commune,
                "quartier": self.quartier,
            }
        return {
            "age_band": AgeBand.of(known.birth_year, on),
            "gender": known.gender,
            "status": known.status,
            "commune": known.commune,
            "quartier": known.quartier,
        }


def assistances(activity: Activity, people: list[Person]) -> list[Assistance]:
    """Return the rows, not yet written, of those whom ``activity`` helped: one per person, never invented people."""
    return [
        Assistance(
            activity=activity, beneficiary=person.beneficiary, people=person.people, **person.figures(activity.day)
        )
        for person in people
    ]
