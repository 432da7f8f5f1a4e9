"""Take in a file of places: every row accounted for, nothing written twice."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from sites.enums import FileFormat, RowResult
from sites.imports.formats import open_file
from sites.imports.rows import Mapper, RowIgnored, RowRefused, SourceRow, Values
from sites.models import Site
from sites.national import COLUMN_OF_FIELD
from sites.services.merging import Merge

Progress = Callable[[Iterable[SourceRow]], Iterable[SourceRow]]


@dataclass(frozen=True)
class RowOutcome:
    """What became of one row, and why (reasons of a refusal, names of the fields that change)."""

    number: int
    name: str
    result: RowResult
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What became of a whole file."""

    outcomes: tuple[RowOutcome, ...]
    written: bool

    def count(self, result: RowResult) -> int:
        """Return how many rows ended so."""
        return self.counts[result]

    @property
    def counts(self) -> Counter[RowResult]:
        """How many rows ended in each way."""
        return Counter(outcome.result for outcome in self.outcomes)

    @property
    def to_write(self) -> int:
        """How many places are new or change."""
        return self.count(RowResult.CREATED) + self.count(RowResult.CHANGED)

    @property
    def refused(self) -> list[RowOutcome]:
        """The rows that need a person."""
        return [outcome for outcome in self.outcomes if outcome.result is RowResult.REFUSED]

    @property
    def told(self) -> list[RowOutcome]:
        """The rows worth a line: neither ignored nor left as they were."""
        return [outcome for outcome in self.outcomes if outcome.result not in (RowResult.IGNORED, RowResult.UNCHANGED)]


def import_sites(
    *,
    content: bytes,
    file_format: FileFormat,
    by: Actor,
    insee_prefix: str = "",
    dry_run: bool = False,
    all_or_nothing: bool = False,
    progress: Progress = iter,
) -> ImportReport:
    """Create and update the places of a file, found by their national identifier.

    ``insee_prefix`` keeps one commune or département ("31") of a national list. A dry run writes nothing; nor does
    ``all_or_nothing`` where a row is refused. Raises sites.imports.reading.UnreadableFile.
    """
    rows, mapper = open_file(content, file_format)
    with transaction.atomic():
        read = [_read(row, mapper, insee_prefix) for row in progress(rows)]
        merge = Merge(values["national_id"] for _outcome, values in read if values)
        outcomes = tuple(_judge(read, merge))
        refused = any(outcome.result is RowResult.REFUSED for outcome in outcomes)
        written = not dry_run and not (all_or_nothing and refused)
        if written:
            for site in merge.created:
                # A place that says no service waits for somebody who knows it before residents see it.
                site.is_published = bool(site.services)
            merge.write()
    return ImportReport(outcomes, written)


def _read(row: SourceRow, mapper: Mapper, insee_prefix: str) -> tuple[RowOutcome, Values | None]:
    """Return a row's place, or what is to be said of it."""
    name = _name(row.cells)
    try:
        values = mapper(row.cells)
        if not values.get("insee_code", "").startswith(insee_prefix):
            raise RowIgnored
        _clean(values)
    except RowIgnored:
        return RowOutcome(row.number, name, RowResult.IGNORED), None
    except RowRefused as refusal:
        return RowOutcome(row.number, name, RowResult.REFUSED, refusal.reasons), None
    return RowOutcome(row.number, values["name"], RowResult.UNCHANGED), values


def _clean(values: Values) -> None:
    """Hold a place to the limits of our own fields (lengths, addresses of pages)."""
    unsaid = [field.name for field in Site._meta.fields if field.name not in values]
    try:
        Site(**values).clean_fields(exclude=unsaid)
    except ValidationError as error:
        raise RowRefused(
            f"{COLUMN_OF_FIELD.get(field, field)} : {' '.join(messages)}"
            for field, messages in error.message_dict.items()
        ) from error


def _judge(read: Iterable[tuple[RowOutcome, Values | None]], merge: Merge) -> Iterable[RowOutcome]:
    """Say what changes, row after row; an identifier seen before in the same file is refused."""
    seen: dict[str, int] = {}
    for outcome, values in read:
        if values is None:
            yield outcome
            continue
        first = seen.setdefault(values["national_id"], outcome.number)
        if first != outcome.number:
            reason = _("id : le même que celui de la ligne %(number)s") % {"number": first}
            yield RowOutcome(outcome.number, outcome.name, RowResult.REFUSED, (reason,))
            continue
        yield _outcome(outcome, merge.add(values))


def _outcome(outcome: RowOutcome, fields: list[str] | None) -> RowOutcome:
    if fields is None:
        return RowOutcome(outcome.number, outcome.name, RowResult.CREATED)
    if not fields:
        return outcome
    labels = {field.name: str(field.verbose_name) for field in Site._meta.concrete_fields}
    names = tuple(labels[field] for field in fields)
    return RowOutcome(outcome.number, outcome.name, RowResult.CHANGED, names)


def _name(cells: dict[str, Any]) -> str:
    """Return the name by which somebody finds the row again."""
    return next((str(cells[key]).strip() for key in ("nom", "lib_fs", "equipement") if cells.get(key)), "")
