"""What writes the activity log, its catalogue and its sources."""

from mediation.activity.services.activities import (
    complete_themes,
    delete_activity,
    log_individual,
    log_workshop,
    update_activity,
)
from mediation.activity.services.coop import import_coop
from mediation.activity.services.demarches import load_demarches
from mediation.activity.services.monthly import MonthTotals, month_key, record_month
from mediation.activity.services.people import Person
from mediation.activity.services.sources import declare_source, withdraw_source

__all__ = [
    "MonthTotals",
    "Person",
    "complete_themes",
    "declare_source",
    "delete_activity",
    "import_coop",
    "load_demarches",
    "log_individual",
    "log_workshop",
    "month_key",
    "record_month",
    "update_activity",
    "withdraw_source",
]
