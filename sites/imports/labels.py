"""Recognise the standard's labels however apostrophes, spaces and capitals were typed."""

import re

from django.db.models import TextChoices

from sites.national import SCHEMA_SPELLING

APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'"})
ALIASES = {spelling: label for label, spelling in SCHEMA_SPELLING.items()}


def key(label: str) -> str:
    """Return what two spellings of one label share."""
    return re.sub(r"\s+", "", label.translate(APOSTROPHES)).casefold()


def split(cell: str) -> list[str]:
    """Return the values of a cell: parted by "|", or by ";" in older files; each once, in their order."""
    parts = cell.split("|" if "|" in cell else ";")
    return list(dict.fromkeys(part.strip() for part in parts if part.strip()))


def recognise(label: str, choices: type[TextChoices]) -> str | None:
    """Return the stored label that this one spells, or None."""
    wanted = key(ALIASES.get(label, label))
    return next((choice.value for choice in choices if key(choice.value) == wanted), None)
