"""Who waits for whom: a mediator before a workshop, a workshop before its seats and registrations.

No lock is on a key (``no_key``): the log of who came names the workshop's mediator, and need not wait for it.
"""

from directory.models import Mediator
from workshops.models import Workshop


def lock_mediators(*mediators: Mediator) -> None:
    """Make others who want these mediators' time wait; in key order, so that two never wait for each other."""
    rows = Mediator.objects.select_for_update(no_key=True).filter(pk__in={mediator.pk for mediator in mediators})
    list(rows.order_by("pk").values_list("pk"))


def lock_workshop(workshop: Workshop) -> Workshop:
    """Return the workshop as it stands now; others who want one of its seats wait until this transaction ends."""
    hold_seats(workshop)
    return Workshop.objects.for_pages().get(pk=workshop.pk)


def hold_seats(workshop: Workshop) -> None:
    """Wait for whoever is giving out this workshop's seats, then make others wait."""
    list(Workshop.objects.select_for_update(no_key=True).filter(pk=workshop.pk).values_list("pk"))
