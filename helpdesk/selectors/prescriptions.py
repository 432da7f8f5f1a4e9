"""Appointments booked at another organisation, as those who booked them follow them (domain.md §1.2)."""

from collections.abc import Iterable
from typing import Any

from directory.models import Beneficiary
from helpdesk.models import Appointment


def people_of_ours(appointments: Iterable[Appointment], *, user: Any) -> dict[int, list[Beneficiary]]:
    """Return, by appointment, those whose file is one's own already, and nobody else."""
    rows = list(appointments)
    keys = {attendee.beneficiary_id for one in rows for attendee in one.attendees.all()}
    own = set(Beneficiary.objects.visible_to(user).filter(pk__in=keys).order_by().values_list("pk", flat=True))
    return {one.pk: [each.beneficiary for each in one.attendees.all() if each.beneficiary_id in own] for one in rows}
