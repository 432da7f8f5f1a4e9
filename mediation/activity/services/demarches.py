"""Load the catalogue of démarches that the project ships."""

import json
from pathlib import Path
from typing import Any

from django.db import models, transaction

from mediation.activity.enums import DemarcheTheme, Level
from mediation.activity.models import Demarche

CATALOGUE = Path(__file__).resolve().parents[1] / "data" / "demarches.json"


@transaction.atomic
def load_demarches() -> dict[str, int]:
    """Write the shipped catalogue over what stands, by slug; return how many entries are new and how many known.

    Entries that a city added itself stay; one that it put aside (``is_active``) stays aside.
    """
    entries = json.loads(CATALOGUE.read_text(encoding="utf-8"))
    known = set(Demarche.objects.values_list("slug", flat=True))
    for entry in entries:
        Demarche.objects.update_or_create(slug=entry["slug"], defaults=_fields(entry))
    created = sum(entry["slug"] not in known for entry in entries)
    return {"created": created, "known": len(entries) - created}


def _fields(entry: dict[str, Any]) -> dict[str, Any]:
    """Return an entry of the file as the fields of a row."""
    return {
        "name": entry["name"],
        "public_body": entry["public_body"],
        "theme": _value(DemarcheTheme, entry["theme"]),
        "level": _value(Level, entry["level"]),
        "online_url": entry["online_url"],
        "what_to_bring": entry["what_to_bring"],
        "everyday_words": entry["everyday_words"],
        "description": entry["description"],
        "otherwise_counter": entry["otherwise"]["counter"],
        "otherwise_phone": entry["otherwise"]["telephone"],
        "otherwise_post": entry["otherwise"]["post"],
    }


def _value(choices: type[models.TextChoices], label: str) -> str:
    """Return the stored value of a label of the file."""
    return next(choice.value for choice in choices if str(choice.label) == label)
