"""Public computers."""

from collections.abc import Sequence
from itertools import count, islice

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from sites.enums import WorkstationState
from sites.models import Site, Workstation
from sites.services import locks
from sites.sessions import another_computer


@transaction.atomic
def add_workstations(*, site: Site, number: int, equipment: Sequence[str], by: Actor) -> list[Workstation]:
    """Add ``number`` computers of the same equipment, named after those that the place has: "Poste 4", "Poste 5"."""
    # The lock makes two people who add computers at once name theirs one after the other.
    Site.objects.select_for_update().get(pk=site.pk)
    taken = set(site.workstations.values_list("label", flat=True))
    names = (_("Poste %(number)s") % {"number": rank} for rank in count(1))
    free_names = islice((name for name in names if name not in taken), number)
    return Workstation.objects.bulk_create(
        [Workstation(site=site, label=name, equipment=list(equipment)) for name in free_names]
    )


@transaction.atomic
def change_state(*, workstation: Workstation, state: WorkstationState, by: Actor) -> WorkstationState:
    """Say that a computer is free, in use or broken since now; return what it was, for whoever wants to undo it.

    Whoever had a free one has left. Those who have reserved a broken one get another where one is left.
    """
    locks.hold_computers(workstation.site)
    workstation.refresh_from_db(fields=["state", "state_changed_at"])
    before = WorkstationState(workstation.state)
    if before is not state:
        workstation.state = state
        workstation.state_changed_at = timezone.now()
        workstation.save(update_fields=["state", "state_changed_at"])
    if state is not WorkstationState.IN_USE:
        _end_session(workstation)
    if state is WorkstationState.BROKEN:
        _seat_elsewhere(workstation)
    return before


@transaction.atomic
def remove_workstation(*, workstation: Workstation, by: Actor) -> None:
    """Take a computer away, with what it served for.

    Those who have reserved it get another one. Raises ValidationError where one of them would be left without.
    """
    locks.hold_computers(workstation.site)
    _seat_elsewhere(workstation)
    now = timezone.now()
    if workstation.reservations.standing(now).filter(ends_at__gt=now).exists():
        raise ValidationError(
            _("Quelqu’un a réservé ce poste, et aucun autre n’est libre à cette heure. Mettez-le plutôt hors service."),
            code="reserved",
        )
    workstation.delete()


def _end_session(workstation: Workstation) -> None:
    now = timezone.now()
    here = workstation.reservations.filter(released_at=None, arrived_at__isnull=False)
    here.filter(starts_at__lte=now, ends_at__gt=now).update(released_at=now)


def _seat_elsewhere(broken: Workstation) -> None:
    """Give the reservations to come another computer that has as much; those without stay, for the desk to see."""
    now = timezone.now()
    for reservation in broken.reservations.standing(now).filter(ends_at__gt=now):
        if other := another_computer(broken, reservation, now):
            reservation.workstation = other
            reservation.save(update_fields=["workstation"])
