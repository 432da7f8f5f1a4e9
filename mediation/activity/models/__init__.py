"""What was done: activities, the people they helped, the démarches and obstacles met."""

from mediation.activity.models.activity import Activity, ActivityObstacle, ActivityTheme, Assistance
from mediation.activity.models.demarche import Demarche
from mediation.activity.models.source import DeclaredSource, ImportedFile

__all__ = [
    "Activity",
    "ActivityObstacle",
    "ActivityTheme",
    "Assistance",
    "DeclaredSource",
    "Demarche",
    "ImportedFile",
]
