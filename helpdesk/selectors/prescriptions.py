"""Appointments booked at another organisation, as those who booked them follow them (domain.md §1.2)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from directory.models import Beneficiary
from helpdesk.models import Appointment
from helpdesk.selectors.appointments import tone_of


@dataclass(frozen=True)
class PrescriptionLine:
    """When, where, and what became of it. ``people`` names those whose file is one's own already, and nobody else."""

    appointment: Appointment
    people: list[str]
    states: list[tuple[str, str]]


def prescription_lines(appointments: Iterable[Appointment], *, user: Any) -> list[PrescriptionLine]:
    """Return what those who booked may read of these appointments."""
    rows = list(appointments)
    keys = {attendee.beneficiary_id for one in rows for attendee in one.attendees.all()}
    own = set(Beneficiary.objects.visible_to(user).filter(pk__in=keys).values_list("pk", flat=True))
    return [
        PrescriptionLine(
            appointment=one,
            people=[str(each.beneficiary) for each in one.attendees.all() if each.beneficiary_id in own],
            states=list(dict.fromkeys((each.state_label, tone_of(each)) for each in one.attendees.all())),
        )
        for one in rows
    ]
