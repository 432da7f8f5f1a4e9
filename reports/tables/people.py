"""Tables of what people were helped with, who they are and where they live; small cells stay hidden."""

from dataclasses import replace

from django.utils.translation import gettext as _

from reports.selectors import Breakdown, BreakdownLine, CoordinationReport, QuartierLine, SiteLine
from reports.tables.table import Absent, Column, Kind, Row, Table, shown

LABEL_SHARE = 3.2
PLACE_SHARE = 5.4  # a place and its quartier on one line: the city has more than a hundred


def months_table(report: CoordinationReport) -> Table:
    """Return the accompagnements of each month; nothing for a single one, which the other tables say already."""
    columns = (
        Column(_("Mois"), Kind.TEXT, 2),
        Column(_("Individuels")),
        Column(_("En atelier")),
        Column(_("Ensemble")),
    )
    rows = tuple(
        Row((line.month.name, line.individual, line.in_workshops, line.individual + line.in_workshops))
        for line in report.months
        if len(report.months) > 1
    )
    return Table("months", _("Accompagnements mois par mois"), columns, rows)


def breakdown_tables(report: CoordinationReport) -> list[Table]:
    """Return accompagnements by démarche, obstacle and theme, then by sort of person."""
    note = _("Un accompagnement peut en porter plusieurs : les lignes ne s’additionnent pas.")
    titles = {
        "demarches": _("Démarches, par thème"),
        "obstacles": _("Ce qui bloque"),
        "themes": _("Thématiques de médiation"),
    }
    sorts = {"ages": _("Âge"), "genders": _("Genre"), "statuses": _("Situation")}
    return [
        *(_breakdown(_most_first(report.breakdowns[key]), title, note) for key, title in titles.items()),
        *(_breakdown(report.breakdowns[key], title) for key, title in sorts.items()),
    ]


def cross_tables(report: CoordinationReport) -> list[Table]:
    """Return démarches and obstacles of each organisation."""
    titles = {"demarches": _("Démarches, par structure"), "obstacles": _("Ce qui bloque, par structure")}
    return [_cross(report.breakdowns[key], title) for key, title in titles.items()]


def quartiers_table(report: CoordinationReport) -> Table:
    """Return accompagnements by quartier of residence, beside its population."""
    columns = (
        Column(_("Quartier où habite la personne"), Kind.TEXT, LABEL_SHARE),
        Column(_("Habitants")),
        Column(_("Accompagnements"), Kind.NUMBER, 1.5),
        Column(_("pour 1 000 habitants"), Kind.RATE),
        Column(_("Lieux")),
        Column(_("Postes")),
    )
    rows = tuple(Row(_quartier(line)) for line in report.quartiers)
    return Table("quartiers", _("Quartiers"), columns, rows, chart=3)


def sites_table(report: CoordinationReport) -> Table:
    """Return what was done at each place, and its computers."""
    columns = (
        Column(_("Lieu"), Kind.TEXT, PLACE_SHARE),
        Column(_("Structure"), Kind.TEXT, 2.4),
        Column(_("Activités")),
        Column(_("Accompagnements"), Kind.NUMBER, 1.5),
        Column(_("Postes")),
        Column(_("En état de marche")),
    )
    note = _("Lieux où une activité a été déclarée, ou qui ont des postes informatiques.")
    return Table("sites", _("Lieux"), columns, tuple(Row(_site(line)) for line in report.sites), (note,))


def _breakdown(breakdown: Breakdown, title: str, *notes: str) -> Table:
    columns = (
        Column(_("Intitulé"), Kind.TEXT, LABEL_SHARE),
        Column(_("Municipal"), Kind.NUMBER, 1.25),
        Column(_("Partenaires"), Kind.NUMBER, 1.45),
        Column(_("Ville entière"), Kind.NUMBER, 1.1),
    )
    rows = tuple(
        Row((line.label, shown(line.municipal), shown(line.partner), shown(line.city)))
        for line in breakdown.lines
        if line.city != 0
    )
    return Table(breakdown.key, title, columns, rows, notes, chart=3)


def _most_first(breakdown: Breakdown) -> Breakdown:
    """Order by the shown figure; hidden ones last, in the order of the list, which tells nothing of their size."""

    def rank(line: BreakdownLine) -> int:
        return -line.city if line.city is not None else 1

    return replace(breakdown, lines=tuple(sorted(breakdown.lines, key=rank)))


def _cross(breakdown: Breakdown, title: str) -> Table:
    """Return one row per organisation, one column per sort that somebody had."""
    used = [i for i, line in enumerate(breakdown.lines) if line.city != 0]
    columns = (
        Column(_("Structure"), Kind.TEXT, 2.2),
        *(Column(breakdown.labels[i]) for i in used),
    )
    rows = tuple(Row((line.organisation, *(shown(line.counts[i]) for i in used))) for line in breakdown.by_organisation)
    return Table(f"{breakdown.key}_cross", title, columns, rows if used else ())


def _quartier(line: QuartierLine) -> tuple[object, ...]:
    return (
        line.name,
        _or_none(line.population),
        shown(line.assistances),
        _rate(line),
        _or_none(line.sites),
        _or_none(line.computers),
    )


def _rate(line: QuartierLine) -> object:
    if line.per_thousand is not None:
        return line.per_thousand
    return Absent.HIDDEN if line.population and line.assistances is None else Absent.NONE


def _or_none(count: int | None) -> object:
    return Absent.NONE if count is None else count


def _site(line: SiteLine) -> tuple[object, ...]:
    name = f"{line.name} ({line.quartier})" if line.quartier else line.name
    return (
        name,
        line.organisation or Absent.NONE,
        line.activities,
        line.assistances,
        line.computers,
        line.working,
    )
