"""Write locale/*/LC_MESSAGES/django.po and .mo from the sources, in Python alone: a fresh Debian has no xgettext.

The sources speak French. The ``fr`` catalogue holds only their plurals, word for word: without it gettext would write
"0 places" where French wants "0 place". A catalogue of another language (made by creating its folder) holds every text
of the paths in ``TRANSLATED`` and is translated by people in its .po; this script adds what is new there and drops
what is gone.

``--check`` writes nothing and fails when a catalogue is not what it would write, or when a text is not translated with
the same values.
"""

import argparse
import ast
import io
import json
import re
import subprocess
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
SOURCE_LANGUAGE = "fr"
# What other languages say, all of it: the beginnings of the paths whose texts somebody reads who may not read French.
TRANSLATED = (
    "helpdesk/enums.py",
    "helpdesk/invitations.py",
    "helpdesk/selectors/",
    "helpdesk/services/",
    "mediation/channels/",
    "mediation/demo/city/agenda.py",
    "mediation/kernel/",
    "mediation/messaging/exports.py",
    "mediation/messaging/wording/",
    "mediation/privacy/validators.py",
    "sites/enums.py",
    "sites/filters.py",
    "sites/hours.py",
    "sites/invitations.py",
    "sites/models/error_report.py",
    "sites/services/reservations.py",
    "workshops/enums.py",
    "workshops/invitations.py",
    "workshops/selectors.py",
    "workshops/services/",
)
# Among them, what only agents read.
FOR_AGENTS = (
    "helpdesk/selectors/agenda",
    "helpdesk/selectors/external_calendars",
    "mediation/channels/kiosk/tables.py",
    "mediation/channels/kiosk/views/devices.py",
    "mediation/channels/models",
    "mediation/channels/templates/kiosk/_calls.html",
    "mediation/channels/templates/kiosk/_device",
    "mediation/channels/templates/kiosk/device",
    "mediation/channels/templates/voice/",
    "mediation/kernel/models.py",
    "mediation/kernel/tables.py",
    "mediation/kernel/templates/base_office.html",
)
# Texts that the product ships as data: the catalogue of démarches, the closed lists of the national standard.
DEMARCHES = "mediation/activity/data/demarches.json"
STANDARD = "sites/enums.py"
# Closed lists that residents read, in files whose others only agents read.
LISTS = {"directory/enums.py": ("Language",), "mediation/activity/enums.py": ("WorkshopLevel",)}
# What a translation must keep: the values that stand in a text.
VALUES = re.compile(r"\{\w*\}|%\(\w+\)[a-z]")
KEYWORDS = DEFAULT_KEYWORDS | {
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
# The same sources give the same bytes, whatever the day.
EPOCH = datetime(2026, 1, 1, tzinfo=UTC)


def source_files(root: Path) -> list[Path]:
    """Return the Python files and templates of the applications, new ones included."""
    command = [
        "git",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
        "*.py",
        "*.html",
        "*.txt",
        "*.xml",
    ]
    names = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout.split("\0")
    paths = {root / name for name in names if name and not name.startswith(("tests/", "scripts/"))}
    return sorted(path for path in paths if path.is_file() and (path.suffix == ".py" or "templates" in path.parts))


def messages_in(path: Path) -> Iterable[tuple]:
    """Yield (line, function, arguments, comments) for each call of gettext in a Python file or a template."""
    code = path.read_text()
    if path.suffix != ".py":
        # What is left of a template around the calls keeps its indentation, which Python's tokenizer would refuse.
        code = "\n".join(line.lstrip() for line in templatize(code).splitlines())
    return extract_python(io.BytesIO(code.encode()), KEYWORDS, ["Translators:"], {"encoding": "utf-8"})


def add_call(catalogue: Catalog, function: str, arguments: object, comments: list[str]) -> None:
    """Add one call of gettext to the catalogue; calls whose text is computed are not for the catalogue."""
    given = arguments if isinstance(arguments, tuple) else (arguments,)
    context = given[0] if function.startswith(("pgettext", "npgettext")) else None
    texts = given[1:] if context else given
    wanted = 2 if function.startswith("n") else 1
    ids = texts[:wanted]
    if len(ids) < wanted or not all(isinstance(text, str) and text for text in ids):
        return
    catalogue.add(ids if wanted == 2 else ids[0], context=context, auto_comments=comments)


def extract(root: Path) -> Catalog:
    """Return a catalogue of every text of the sources, untranslated."""
    return _extract(source_files(root))


def extract_translated(root: Path) -> Catalog:
    """Return a catalogue of what other languages say as well."""
    names = {path: path.relative_to(root).as_posix() for path in source_files(root)}
    read = [path for path, name in names.items() if name.startswith(TRANSLATED) and not name.startswith(FOR_AGENTS)]
    catalogue = _extract(read)
    for text in shipped_texts(root):
        catalogue.add(text)
    return catalogue


def shipped_texts(root: Path) -> Iterable[str]:
    """Yield the texts of the data that the product ships, where this tree has them."""
    if (demarches := root / DEMARCHES).exists():
        for entry in json.loads(demarches.read_text()):
            yield from filter(None, (entry["name"], entry["description"], *entry["what_to_bring"]))
            yield from filter(None, entry["otherwise"].values())
    if (standard := root / STANDARD).exists():
        for node in ast.parse(standard.read_text()).body:
            if isinstance(node, ast.ClassDef) and any(ast.unparse(base) == "StandardLabels" for base in node.bases):
                values = (line.value for line in node.body if isinstance(line, ast.Assign))
                yield from (value.value for value in values if isinstance(value, ast.Constant))
    for name, lists in LISTS.items():
        if (path := root / name).exists():
            yield from _labels(path, lists)


def _labels(path: Path, lists: tuple[str, ...]) -> Iterable[str]:
    """Yield what some closed lists of a file call their members."""
    wanted = [
        node for node in ast.parse(path.read_text()).body if isinstance(node, ast.ClassDef) and node.name in lists
    ]
    for call in (part for node in wanted for part in ast.walk(node) if isinstance(part, ast.Call)):
        if ast.unparse(call.func) == "_" and isinstance(call.args[0], ast.Constant):
            yield call.args[0].value


def _extract(paths: Iterable[Path]) -> Catalog:
    catalogue = Catalog(charset="utf-8")
    for path in paths:
        for _line, function, arguments, comments in messages_in(path):
            add_call(catalogue, function, arguments, comments)
    return catalogue


def spoken(language: str) -> str:
    """Return the language of a catalogue's folder: "fr" of plain French, whose plurals are the same."""
    return language.partition("_")[0]


def build(language: str, sources: Catalog, existing: Path) -> Catalog:
    """Return the catalogue of one language: the texts of the sources, with the translations that exist."""
    catalogue = Catalog(
        locale=spoken(language),
        project="mediation-numerique",
        version="1",
        header_comment="# Written by `make catalogues`: see scripts/catalogues.py.",
        msgid_bugs_address="see CONTRIBUTING.md",
        creation_date=EPOCH,
        revision_date=EPOCH,
        last_translator="see the history of this file",
        language_team=language,
        fuzzy=False,
    )
    known = read_po(io.BytesIO(existing.read_bytes()), locale=spoken(language)) if existing.exists() else Catalog()
    for message in filter(lambda message: message.id, sources):
        if language != SOURCE_LANGUAGE:
            previous = known.get(message.id, message.context)
            string = previous.string if previous else None
        elif message.pluralizable:
            string = message.id
        else:
            continue
        catalogue.add(message.id, string=string, context=message.context, auto_comments=message.auto_comments)
    return catalogue


def rendered(catalogue: Catalog) -> tuple[bytes, bytes]:
    """Return the .po and the .mo."""
    po, mo = io.BytesIO(), io.BytesIO()
    write_po(po, catalogue, no_location=True, sort_output=True, width=120)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def refresh(root: Path, *, check: bool) -> list[Path]:
    """Write the catalogues of every language, or only compare; return the files that differed."""
    every, translated = extract(root), extract_translated(root)
    stale = []
    for folder in sorted((root / "locale").glob("*/LC_MESSAGES")):
        sources = every if folder.parent.name == SOURCE_LANGUAGE else translated
        po, mo = rendered(build(folder.parent.name, sources, folder / "django.po"))
        for path, content in ((folder / "django.po", po), (folder / "django.mo", mo)):
            if path.exists() and path.read_bytes() == content:
                continue
            stale.append(path)
            if not check:
                path.write_bytes(content)
    return stale


def gaps(root: Path) -> list[str]:
    """Return what is missing in the catalogues of other languages: a translation, or one of its values."""
    found = []
    for path in sorted((root / "locale").glob("*/LC_MESSAGES/django.po")):
        language = path.parent.parent.name
        if language != SOURCE_LANGUAGE:
            catalogue = read_po(io.BytesIO(path.read_bytes()), locale=spoken(language))
            found += [f"{language}: {message.id}" for message in catalogue if message.id and not is_whole(message)]
    return found


def is_whole(message: Message) -> bool:
    """Say whether each form of a text is translated, with the values of the source."""
    ids = message.id if isinstance(message.id, tuple) else (message.id,)
    strings = message.string if isinstance(message.string, tuple) else (message.string,)
    # "Un mot" counts without its number: a plural may leave a value out, never bring one.
    wanted = [set(VALUES.findall(text)) for text in ids]
    if message.pluralizable:
        return all(string and set(VALUES.findall(string)) <= wanted[-1] for string in strings)
    return bool(strings[0]) and set(VALUES.findall(strings[0])) == wanted[0]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="write nothing, fail when a catalogue is not current")
    check = parser.parse_args().check
    settings.configure()
    (ROOT / "locale" / SOURCE_LANGUAGE / "LC_MESSAGES").mkdir(parents=True, exist_ok=True)
    for path in (stale := refresh(ROOT, check=check)):
        print(f"{path.relative_to(ROOT)}: {'not current, run `make catalogues`' if check else 'written'}")
    for gap in (missing := gaps(ROOT)):
        print(f"not translated with the same values · {gap}")
    return int(check and bool(stale or missing))


if __name__ == "__main__":
    sys.exit(main())
