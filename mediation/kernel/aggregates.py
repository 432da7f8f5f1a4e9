"""What the database gathers from many rows into one value."""

import json
from typing import Any

from django.db.models import Aggregate, TextField
from django.db.models.functions import Cast


class Lists(Aggregate):
    """The lists that related rows hold in a column (JSON), as one text; ``items_of`` reads it.

    It spares a query for each relation of which only these values are shown.
    """

    function = "GROUP_CONCAT"
    allow_distinct = True
    output_field = TextField()

    def __init__(self, column: str, **extra: Any) -> None:
        super().__init__(Cast(column, TextField()), distinct=True, **extra)

    def as_postgresql(self, *args: Any, **kwargs: Any) -> Any:
        """Say it to PostgreSQL, which wants to know what stands between two of them."""
        joined = self.copy()
        joined.template = "STRING_AGG(%(distinct)s%(expressions)s, ',')"
        return joined.as_sql(*args, **kwargs)


def items_of(gathered: str | None) -> frozenset[str]:
    """Return what stands in any of the lists."""
    return frozenset(item for one in json.loads(f"[{gathered or ''}]") for item in one)
