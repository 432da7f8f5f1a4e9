"""Load the places that come with the project."""

import datetime as dt

from django.db import transaction

from sites.imports import curated
from sites.services.merging import Merge

# When the lists that these rows come from were published (docs/SOURCES.md).
BUILDINGS_DATE = dt.date(2025, 1, 7)
FRANCE_SERVICES_DATE = dt.date(2024, 8, 1)


@transaction.atomic
def load_places() -> int:
    """Write Toulouse's places and Haute-Garonne's France services; return how many rows were new or changed.

    A second run changes nothing, and what the city corrected in its own pages stays (Site.edited_fields).
    """
    places = [
        *({**place, "updated_on": BUILDINGS_DATE} for _building, place in curated.toulouse()),
        *({**place, "updated_on": FRANCE_SERVICES_DATE} for place in curated.france_services()),
    ]
    merge = Merge(place["national_id"] for place in places)
    for place in places:
        merge.add(place)
    merge.write()
    return len(merge.created) + len(merge.changed)
