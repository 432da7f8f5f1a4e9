"""Public computers."""

from collections.abc import Sequence
from itertools import count, islice

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mediation.accounts.actor import Actor
from sites.enums import WorkstationState
from sites.models import Site, Workstation


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


def change_state(*, workstation: Workstation, state: WorkstationState, by: Actor) -> WorkstationState:
    """Say that a computer is free, in use or broken since now; return what it was, for whoever wants to undo it."""
    before = WorkstationState(workstation.state)
    if before is not state:
        workstation.state = state
        workstation.state_changed_at = timezone.now()
        workstation.save(update_fields=["state", "state_changed_at"])
    return before
