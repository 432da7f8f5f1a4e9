"""What writes the activity log, its catalogue and its sources."""

from mediation.activity.services.activities import (
    complete_themes,
    delete_activity,
    log_individual,
    log_workshop,
    update_activity,
)
from mediation.activity.services.demarches import load_demarches
from mediation.activity.services.people import Person

__all__ = [
    "Person",
    "complete_themes",
    "delete_activity",
    "load_demarches",
    "log_individual",
    "log_workshop",
    "update_activity",
]
