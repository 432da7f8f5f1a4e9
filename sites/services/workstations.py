"""Public computers."""

from django.utils import timezone

from mediation.accounts.actor import Actor
from sites.enums import WorkstationState
from sites.models import Workstation


def change_state(*, workstation: Workstation, state: WorkstationState, by: Actor) -> WorkstationState:
    """Say that a computer is free, in use or broken since now; return what it was, for whoever wants to undo it."""
    before = WorkstationState(workstation.state)
    if before is not state:
        workstation.state = state
        workstation.state_changed_at = timezone.now()
        workstation.save(update_fields=["state", "state_changed_at"])
    return before
