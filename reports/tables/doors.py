"""The table of the doors by which people came."""

from typing import Any

from django.utils.translation import gettext as _

from reports.selectors import CoordinationReport
from reports.selectors.figures import DoorLine
from reports.tables.table import Column, Kind, Row, Table, Tone, shown

LABEL_SHARE = 2.4


def doors_table(report: CoordinationReport) -> Table:
    """Return how many asked by each door, of the whole city; empty where nobody did."""
    columns = (
        Column(_("Porte"), Kind.TEXT, LABEL_SHARE),
        Column(_("Rendez-vous pris")),
        Column(_("Inscriptions à un atelier")),
        Column(_("Demandes sans créneau")),
    )
    lines, total = report.doors.lines, report.doors.total
    rows = [Row((line.label, *_counts(line))) for line in lines]
    every = Row((_("Ville entière"), *_counts(total)), Tone.TOTAL)
    return Table(
        key="doors",
        title=_("Par quelle porte"),
        columns=columns,
        rows=(*rows, every) if rows else (),
        notes=(
            _(
                "Ce qui a été demandé dans la période, même annulé depuis ; un rendez-vous peut avoir lieu plus tard. "
                "Accueil : par un agent, au guichet ou au téléphone."
            ),
        ),
    )


def _counts(line: DoorLine) -> tuple[Any, ...]:
    return shown(line.appointments), shown(line.registrations), shown(line.requests)
