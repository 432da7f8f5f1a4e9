"""The table of those who found no slot."""

from typing import Any

from django.utils.translation import gettext as _

from directory.enums import Side
from reports.selectors import CoordinationReport, Demand
from reports.tables.organisations import NAME_SHARE
from reports.tables.table import Absent, Column, Kind, Row, Table, Tone


def demand_table(report: CoordinationReport) -> Table:
    """Return who asked without finding a slot, by organisation that calls back; empty where nobody asked.

    Like appointments these are an organisation's own figures and describe nobody, so none is hidden.
    """
    columns = (
        Column(_("Structure"), Kind.TEXT, NAME_SHARE),
        Column(_("Demandes reçues")),
        Column(_("Aucun créneau ne convenait")),
        Column(_("Souhaite être rappelé")),
        Column(_("En dehors des heures")),
        Column(_("Permanence complète"), Kind.NUMBER, 1.1),
        Column(_("Répondues")),
        Column(_("Attendent encore")),
        Column(_("Jours avant le premier appel (médiane)"), Kind.RATE, 1.2),
    )
    return Table(
        key="demand",
        title=_("Demandes sans créneau"),
        columns=columns,
        rows=tuple(_rows(report)) if report.demand[""].received else (),
        notes=(
            _(
                "Personnes qui n’ont pas trouvé de créneau ou ont demandé à être rappelées dans la période. "
                "Répondues : rendez-vous pris, aide au téléphone, orientation, ou besoin passé. "
                "Ni répondues ni en attente : celles que personne n’a pu joindre."
            ),
            _("Médiane : la moitié des personnes appelées l’ont été dans ce délai ou plus tôt, dimanches compris."),
        ),
    )


def _rows(report: CoordinationReport) -> list[Row]:
    sides = (
        (Side.MUNICIPAL, _("Municipal"), _("Total municipal")),
        (Side.PARTNER, _("Partenaires"), _("Total partenaires")),
    )
    rows: list[Row] = []
    for side, head, total in sides:
        lines = [line for line in report.organisations if line.side == side]
        rows += [Row((head,), Tone.GROUP)] if lines else []
        rows += [Row((line.name, *_values(line.demand))) for line in lines]
        rows.append(Row((total, *_values(report.demand[side])), Tone.SUBTOTAL))
    return [*rows, Row((_("Ville entière"), *_values(report.demand[""])), Tone.TOTAL)]


def _values(demand: Demand) -> tuple[Any, ...]:
    return (
        demand.received,
        demand.no_slot,
        demand.call_back,
        demand.out_of_hours,
        demand.turned_away,
        demand.answered,
        demand.waiting,
        Absent.NONE if demand.median_days is None else round(demand.median_days, 1),
    )
