"""Open what people call "the file": clear sentences for everything that is not one."""

import csv
import io
import json
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from sites.imports.rows import SourceRow

LARGEST_FILE = 20 * 1024 * 1024


class UnreadableFile(Exception):
    """The whole file cannot be read; the message says what to do."""


def decode(content: bytes) -> str:
    """Return the text of a UTF-8 file, with or without byte-order mark."""
    if len(content) > LARGEST_FILE:
        raise UnreadableFile(_("Ce fichier dépasse 20 Mo : ce n’est sans doute pas une liste de lieux."))
    if not content.strip():
        raise UnreadableFile(_("Ce fichier est vide."))
    if content.startswith(b"PK"):
        raise UnreadableFile(_("Ceci est un classeur. Dans votre tableur, enregistrez-le au format « CSV UTF-8 »."))
    if b"\x00" in content:
        raise UnreadableFile(_("Ce fichier n’est pas du texte. Il faut un fichier CSV ou JSON en UTF-8."))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = _("Ce fichier n’est pas en UTF-8. Dans votre tableur, enregistrez-le au format « CSV UTF-8 ».")
        raise UnreadableFile(message) from error


def is_json(text: str) -> bool:
    """Say whether the text is JSON rather than CSV."""
    return text.lstrip()[:1] in ("[", "{")


def read_csv(text: str, *, required: Iterable[str] = ()) -> list[SourceRow]:
    """Return the rows of a CSV, header names in lower case; comma, or semicolon as French spreadsheets write it."""
    header = text.splitlines()[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableFile(_("Ce fichier CSV est abîmé : un guillemet manque ou une cellule est énorme.")) from error
    names = [name.strip().lower() for name in lines[0]]
    if missing := [name for name in required if name not in names]:
        raise UnreadableFile(_("Il manque ces colonnes : %(names)s.") % {"names": ", ".join(missing)})
    return [
        SourceRow(number, _cells(names, line))
        for number, line in enumerate(lines[1:], start=2)
        if any(map(str.strip, line))
    ]


def read_json(text: str) -> list[SourceRow]:
    """Return the objects of a JSON list, names in lower case."""
    found = _load(text)
    if not isinstance(found, list):
        raise UnreadableFile(_("Ce fichier JSON ne contient pas une liste de lieux."))
    return [SourceRow(number, _lower(item)) for number, item in enumerate(found, start=1)]


def read_geojson(text: str) -> list[SourceRow]:
    """Return the features of a GeoJSON collection: their properties, and ``geometry``."""
    found = _load(text)
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list):
        raise UnreadableFile(_("Ce fichier n’est pas une collection GeoJSON."))
    return [
        SourceRow(number, {**_lower(_lower(item).get("properties")), "geometry": _lower(item).get("geometry")})
        for number, item in enumerate(features, start=1)
    ]


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(_("Ce fichier JSON est abîmé ou coupé.")) from error


def _lower(item: Any) -> dict[str, Any]:
    return {str(key).strip().lower(): value for key, value in item.items()} if isinstance(item, dict) else {}


def _cells(names: list[str], line: list[str]) -> dict[str, Any]:
    """Return one line by column; a line longer than the header keeps its surplus under "" for the mapper to refuse."""
    cells: dict[str, Any] = dict(zip(names, line, strict=False))
    if surplus := [cell for cell in line[len(names) :] if cell.strip()]:
        cells[""] = surplus
    return cells
