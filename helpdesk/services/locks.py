"""Who waits for whom: everything that takes or gives back a mediator's time locks the mediator first."""

from directory.models import Mediator
from helpdesk.models import Appointment


def lock_mediators(*mediators: Mediator) -> None:
    """Make others who want these mediators' time wait until this transaction ends.

    In key order, so that two who want the same two mediators never wait for each other.
    """
    rows = Mediator.objects.select_for_update().filter(pk__in={mediator.pk for mediator in mediators})
    list(rows.order_by("pk").values_list("pk"))


def lock_appointment(appointment: Appointment) -> Appointment:
    """Return the appointment as it stands now, kept from change by others until this transaction ends."""
    rows = Appointment.objects.select_for_update(of=("self",))
    return rows.select_related("engagement__mediator__organisation", "site", "reason", "activity").get(
        pk=appointment.pk
    )
