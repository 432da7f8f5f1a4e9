"""Bring La Coop's export into the log: the same file twice changes nothing, a corrected file mends."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, BinaryIO, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from directory.enums import Source
from directory.models import Organisation
from mediation.accounts.actor import Actor
from mediation.activity.enums import PlaceKind
from mediation.activity.models import Activity, ActivityTheme, Assistance, ImportedFile
from mediation.activity.services.coop.entries import PEOPLE, Entry, build_entry
from mediation.activity.services.coop.lines import Line, read_line
from mediation.activity.services.coop.matching import Known
from mediation.activity.services.coop.workbook import Table, read_table

BATCH = 400
MOST_LISTED = 500
Item = TypeVar("Item")


@dataclass
class Summary:
    """What a file held and what became of it, as the result page shows it and ImportedFile keeps it."""

    rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    assistances: int = 0
    not_counted: int = 0
    refused_count: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    unknown_labels: dict[str, dict[str, int]] = field(default_factory=dict)
    unknown_places: dict[str, int] = field(default_factory=dict)
    unknown_mediators: dict[str, int] = field(default_factory=dict)
    incomplete: list[dict[str, Any]] = field(default_factory=list)

    def refuse(self, number: int, reason: str) -> None:
        """Note a row that was not taken, and why; past some hundreds the number says enough."""
        self.refused_count += 1
        if len(self.refused) < MOST_LISTED:
            self.refused.append({"row": number, "reason": reason})


def import_coop(
    *, file: BinaryIO, name: str, organisation: Organisation, by: Actor, dry_run: bool = False
) -> ImportedFile:
    """Read ``file`` into the log of ``organisation``; return what became of it (unsaved for a dry run).

    Raises ValidationError where the file is none of La Coop's; a wrong row is refused alone, with its reason.
    """
    # Reading takes seconds: it happens before the transaction, so that nobody waits for it with something to write.
    table = read_table(file)
    run = ImportedFile(organisation=organisation, name=name[:200], imported_by=by.user)
    _bring_in(table, run, organisation, dry_run=dry_run)
    return run


@transaction.atomic
def _bring_in(table: Table, run: ImportedFile, organisation: Organisation, *, dry_run: bool) -> None:
    """Write what the table says, and the result of it in ``run``."""
    # Two imports of one organisation at once queue here instead of writing the same entries twice.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    summary = Summary(rows=len(table.rows))
    groups = _group(table, summary)
    _refuse_those_of_others(groups, organisation, summary)
    known = Known.of(organisation)
    _note_what_is_unknown(groups, known, summary)
    entries = [build_entry(lines, known, table.columns) for lines in groups.values()]
    for batch in _batches(entries):
        _take(batch, organisation, summary, dry_run=dry_run)
    if days := [line.day for lines in groups.values() for line in lines]:
        run.first_day, run.last_day = min(days), max(days)
        mine = Activity.objects.filter(organisation=organisation, source=Source.COOP)
        summary.not_counted = mine.in_period(min(days), max(days)).overlapping().count()
    run.summary = asdict(summary)
    if not dry_run:
        run.save()


def _batches(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Yield the items some hundreds at a time: databases limit the variables of one query."""
    for start in range(0, len(items), BATCH):
        yield items[start : start + BATCH]


def _group(table: Table, summary: Summary) -> dict[str, list[Line]]:
    """Return the readable rows by ID CRA; each of the others is refused with its reason."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for number, cells in table.rows:
        try:
            line = read_line(number, cells)
        except ValidationError as error:
            summary.refuse(number, " ".join(error.messages))
        else:
            groups[line.external_id].append(line)
    return groups


def _refuse_those_of_others(groups: dict[str, list[Line]], organisation: Organisation, summary: Summary) -> None:
    """Take out activities that another organisation's file already brought: nothing is counted twice."""
    for batch in _batches(list(groups)):
        elsewhere = Activity.objects.filter(source=Source.COOP, external_id__in=batch)
        others = elsewhere.exclude(organisation=organisation).values_list("external_id", "organisation__name")
        for external_id, owner in others:
            reason = _("Cette activité est déjà comptée pour « %(owner)s ».") % {"owner": owner}
            for line in groups.pop(external_id, []):
                summary.refuse(line.number, reason)


def _note_what_is_unknown(groups: dict[str, list[Line]], known: Known, summary: Summary) -> None:
    """List the labels, places and mediators that nobody here knows, and workshops with rows missing."""
    labels: dict[str, Counter[str]] = defaultdict(Counter)
    places, mediators = Counter[str](), Counter[str]()
    for lines in groups.values():
        first = lines[0]
        for line in lines:
            for column, label in line.unknown:
                labels[column][label] += 1
        if first.place_kind == PlaceKind.SITE and not known.site(first):
            places[first.place_name or _("sans nom")] += 1
        if first.mediator and first.mediator not in known.mediators:
            mediators[first.mediator] += 1
        if len(lines) < first.participants:
            summary.incomplete.append({"row": first.number, "there": len(lines), "of": first.participants})
        summary.assistances += len(lines)
    summary.unknown_labels = {column: dict(counts) for column, counts in labels.items()}
    summary.unknown_places, summary.unknown_mediators = dict(places), dict(mediators)


def _take(entries: Sequence[Entry], organisation: Organisation, summary: Summary, *, dry_run: bool) -> None:
    """Write the entries that are new or say something else than what stands."""
    ids = [entry.external_id for entry in entries]
    standing = Activity.objects.filter(organisation=organisation, source=Source.COOP, external_id__in=ids)
    there = {one.external_id: one for one in standing.prefetch_related("themes", "demarches", "assistances")}
    new = [entry for entry in entries if entry.external_id not in there]
    known = [(entry, there[entry.external_id]) for entry in entries if entry.external_id in there]
    changed = [(entry, activity) for entry, activity in known if not entry.is_said_by(activity)]
    summary.created += len(new)
    summary.updated += len(changed)
    summary.unchanged += len(known) - len(changed)
    if dry_run:
        return
    # Who typed it is La Coop's to know; who brought the file is in ImportedFile.
    made = [
        Activity(external_id=one.external_id, organisation=organisation, source=Source.COOP, **one.fields)
        for one in new
    ]
    Activity.objects.bulk_create(made)
    _mend(changed)
    _write_parts([*zip(new, made, strict=True), *changed])


def _mend(changed: list[tuple[Entry, Activity]]) -> None:
    """Bring the entries that stand up to what the file says, and clear their parts."""
    activities = [activity for _entry, activity in changed]
    for entry, activity in changed:
        for name, value in entry.fields.items():
            setattr(activity, name, value)
        activity.save()
    for model in (ActivityTheme, Assistance, Activity.demarches.through):
        model.objects.filter(activity__in=activities).delete()


def _write_parts(pairs: list[tuple[Entry, Activity]]) -> None:
    """Write the themes, people and démarches of entries that have none yet."""
    through: Any = Activity.demarches.through
    ActivityTheme.objects.bulk_create(
        ActivityTheme(activity=activity, theme=theme) for entry, activity in pairs for theme in sorted(entry.themes)
    )
    Assistance.objects.bulk_create(_people(pairs))
    through.objects.bulk_create(
        through(activity=activity, demarche_id=pk) for entry, activity in pairs for pk in entry.demarche_ids
    )


def _people(pairs: list[tuple[Entry, Activity]]) -> Iterator[Assistance]:
    for entry, activity in pairs:
        for figures, number in entry.people.items():
            yield Assistance(activity=activity, people=number, **dict(zip(PEOPLE, figures, strict=True)))
