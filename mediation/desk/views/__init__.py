"""Accueil, Aujourd'hui, the person's page and the settings."""

from mediation.desk.views.arrivals import arrivals, mark
from mediation.desk.views.closures import closure
from mediation.desk.views.front_desk import booked, front_desk, noted, wish
from mediation.desk.views.home import settings_hub, start
from mediation.desk.views.merging import compare, part
from mediation.desk.views.person import person, share_history
from mediation.desk.views.today import today

__all__ = [
    "arrivals",
    "booked",
    "closure",
    "compare",
    "front_desk",
    "mark",
    "noted",
    "part",
    "person",
    "settings_hub",
    "share_history",
    "start",
    "today",
    "wish",
]
