"""Tables of the organisations, side by side: municipal services, then partners, each in alphabetical order."""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _

from directory.enums import Side, Source
from mediation.kernel import formats
from reports.periods import Month, Period
from reports.selectors import CoordinationReport, Figures, OrganisationLine
from reports.tables.table import Absent, AtLeast, Column, Kind, Row, Table, Tone

NAME_SHARE = 3.2
Values = Callable[[Figures], tuple[Any, ...]]


def organisation_tables(report: CoordinationReport) -> list[Table]:
    """Return what each organisation did, and what it has."""
    return [_activity(report), _appointments(report), _workshops(report), _computers(report)]


def missing_table(report: CoordinationReport) -> Table:
    """Return what is missing from each organisation's figures, and whether it confirmed them."""
    columns = (
        Column(_("Structure"), Kind.TEXT, 2.4),
        Column(_("Déclare"), Kind.TEXT, 1.1),
        Column(_("Mois sans aucune activité"), Kind.TEXT, 2.2),
        Column(_("Rendez-vous à compléter")),
        Column(_("Activités en double, non comptées"), Kind.NUMBER, 1.2),
        Column(_("Validation par la structure"), Kind.TEXT, 2.2),
    )
    return Table(
        key="missing",
        title=_("Ce qui manque"),
        columns=columns,
        rows=tuple(Row(_missing(line)) for line in report.organisations),
        notes=(
            _("À compléter : personne reçue sans compte rendu, ou ni « venu » ni « pas venu » ; compte pour zéro."),
            _("En double : activité déclarée dans un autre outil que celui annoncé ; gardée, jamais additionnée."),
        ),
    )


def confirmation_words(line: OrganisationLine) -> str:
    """Return whether the organisation confirmed its figures, and when."""
    if line.confirmed is None:
        return _("Pas encore validé")
    day = formats.local(line.confirmed.at)
    words = _("Validé par la structure le %(day)s") % {"day": f"{day:%d/%m/%Y}"}
    return f"{words} ; {_('des activités ont été ajoutées depuis')}" if line.confirmed.is_outdated else words


def months_in_words(months: tuple[Month, ...]) -> str:
    """Return months, those that follow one another together: "mars 2026, de mai à juillet 2026"."""
    runs: list[list[Month]] = []
    for month in months:
        if runs and runs[-1][-1].plus(1) == month:
            runs[-1].append(month)
        else:
            runs.append([month])
    return ", ".join(Period.of_months(run[0], run[-1]).title for run in runs)


def _missing(line: OrganisationLine) -> tuple[Any, ...]:
    return (
        line.name,
        str(Source(line.source).label),
        months_in_words(line.missing_months) or Absent.NONE,
        line.figures.to_complete,
        line.overlapping,
        confirmation_words(line),
    )


def _activity(report: CoordinationReport) -> Table:
    labels = (
        (_("Accompagnements"), Kind.NUMBER),
        (_("dont en atelier"), Kind.NUMBER),
        (_("dont anonymes"), Kind.NUMBER),
        (_("Personnes aidées"), Kind.NUMBER),
        (_("Aides individuelles"), Kind.NUMBER),
        (_("Ateliers animés"), Kind.NUMBER),
        (_("Heures données"), Kind.MINUTES),
        (_("Heures reçues"), Kind.MINUTES),
    )
    note = _("Personnes aidées : chacune compte une fois dans sa structure. %(twice)s") % {"twice": twice()}
    notes = tuple(filter(None, (note, untold(report.city))))
    return _table(report, "activity", _("Activité"), labels, _activity_values, notes)


def twice() -> str:
    """Return the caution that goes with people added up across organisations."""
    return _("Dans les totaux, une personne peut être comptée deux fois.")


def untold(figures: Figures) -> str:
    """Return why a total of people is too low, or nothing where it is not."""
    words = _("Au moins : %(count)s accompagnements anonymes ne disent pas combien de personnes ils concernent.")
    return words % {"count": formats.number(figures.untold)} if figures.untold else ""


def _activity_values(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.assistances,
        figures.in_workshops,
        figures.anonymous,
        _people(figures),
        figures.individual,
        figures.workshops,
        figures.minutes_given,
        figures.minutes_received,
    )


def _people(figures: Figures) -> Any:
    """Return how many different people, that nobody can tell, or, in a total, how many at least."""
    if figures.known_people is None:
        return Absent.UNKNOWN
    return AtLeast(figures.people) if figures.untold else figures.people


def _appointments(report: CoordinationReport) -> Table:
    labels = (
        (_("Rendez-vous pris"), Kind.NUMBER),
        (_("Reçu"), Kind.NUMBER),
        (_("Pas venu"), Kind.NUMBER),
        (_("Part de « pas venu »"), Kind.PERCENT),
        (_("Annulé par la personne"), Kind.NUMBER),
        (_("Annulé par le service"), Kind.NUMBER),
        (_("Prévu ou sans réponse"), Kind.NUMBER),
        (_("À compléter"), Kind.NUMBER),
    )
    note = _(
        "Rendez-vous : ceux qui commencent dans la période, pris ici. Les colonnes suivantes comptent des personnes ; "
        "un couple en compte deux. Les partenaires qui prennent leurs rendez-vous ailleurs n’y figurent pas."
    )
    return _table(report, "appointments", _("Rendez-vous"), labels, _appointment_values, (note,))


def _appointment_values(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.appointments,
        figures.seen,
        figures.no_shows,
        (figures.no_shows, figures.seen + figures.no_shows),
        figures.excused,
        figures.revoked,
        figures.expected,
        figures.to_complete,
    )


def _workshops(report: CoordinationReport) -> Table:
    labels = (
        (_("Ateliers prévus"), Kind.NUMBER),
        (_("Places"), Kind.NUMBER),
        (_("Places prises"), Kind.NUMBER),
        (_("Remplissage"), Kind.PERCENT),
        (_("Restés sans place"), Kind.NUMBER),
        (_("Ateliers animés"), Kind.NUMBER),
        (_("Participations"), Kind.NUMBER),
    )
    waited = _("Restés sans place : personnes encore sur la liste d’attente à la fin de l’atelier.")
    note = _("Prévus : inscrits au calendrier d’ici et maintenus. Animés : déclarés dans l’outil de la structure.")
    return _table(report, "workshops", _("Ateliers"), labels, _workshop_values, (note, waited))


def _workshop_values(figures: Figures) -> tuple[Any, ...]:
    return (
        figures.planned_workshops,
        figures.seats,
        figures.seats_taken,
        (figures.seats_taken, figures.seats),
        figures.without_seat,
        figures.workshops,
        figures.in_workshops,
    )


def _computers(report: CoordinationReport) -> Table:
    labels = (
        (_("Lieux"), Kind.NUMBER),
        (_("Postes informatiques"), Kind.NUMBER),
        (_("En état de marche"), Kind.NUMBER),
        (_("Part en état de marche"), Kind.PERCENT),
    )
    note = _("État au moment de l’édition. La ville entière compte aussi les lieux qui ne sont à aucune structure.")
    return _table(report, "computers", _("Lieux et postes informatiques"), labels, _computer_values, (note,))


def _computer_values(figures: Figures) -> tuple[Any, ...]:
    return (figures.sites, figures.computers, figures.working, (figures.working, figures.computers))


def _table(
    report: CoordinationReport,
    key: str,
    title: str,
    labels: tuple[tuple[str, Kind], ...],
    values: Values,
    notes: tuple[str, ...],
) -> Table:
    columns = (
        Column(_("Structure"), Kind.TEXT, NAME_SHARE),
        *(Column(label, kind, _share(label)) for label, kind in labels),
    )
    rows = [
        *_side(report, Side.MUNICIPAL, (_("Municipal"), _("Total municipal")), report.municipal, values),
        *_side(report, Side.PARTNER, (_("Partenaires"), _("Total partenaires")), report.partner, values),
        Row((_("Ville entière"), *values(report.city)), Tone.TOTAL),
    ]
    return Table(key, title, columns, tuple(rows), notes)


def _share(label: str) -> float:
    """Return how wide a figure's column is: as its longest word asks."""
    return max(1, max(len(word) for word in label.split()) / 11)


def _side(report: CoordinationReport, side: Side, names: tuple[str, str], total: Figures, values: Values) -> list[Row]:
    """Return one side's organisations under its name, and its total; only its total where none may be read."""
    lines = [line for line in report.organisations if line.side == side]
    rows = [Row((line.name, *values(line.figures))) for line in lines]
    head = [Row((names[0],), Tone.GROUP)] if rows else []
    return [*head, *rows, Row((names[1], *values(total)), Tone.SUBTOTAL)]
