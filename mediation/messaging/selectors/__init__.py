"""Where messages stand, how people are reached, and what of it needs somebody."""

from mediation.messaging.selectors.calls import CallGroup, calls_to_make
from mediation.messaging.selectors.health import Health, WorkerStatus, health, worker_status
from mediation.messaging.selectors.letters import Letters, letters
from mediation.messaging.selectors.month import Arrivals, OrganisationMonth, latest_months, month_of, totals
from mediation.messaging.selectors.needs import Needs, needs
from mediation.messaging.selectors.other_ways import OtherWay, other_ways
from mediation.messaging.selectors.sheet import MessageSheet, message_sheet
from mediation.messaging.selectors.spending import DayParts, Spending, parts_sent, parts_today, spending
from mediation.messaging.selectors.standing import Standing, attempt_standing, standing
from mediation.messaging.selectors.ways import Way, letter_address, way_to_reach, ways_to_reach

__all__ = [
    "Arrivals",
    "CallGroup",
    "DayParts",
    "Health",
    "Letters",
    "MessageSheet",
    "Needs",
    "OrganisationMonth",
    "OtherWay",
    "Spending",
    "Standing",
    "Way",
    "WorkerStatus",
    "attempt_standing",
    "calls_to_make",
    "health",
    "latest_months",
    "letter_address",
    "letters",
    "message_sheet",
    "month_of",
    "needs",
    "other_ways",
    "parts_sent",
    "parts_today",
    "spending",
    "standing",
    "totals",
    "way_to_reach",
    "ways_to_reach",
    "worker_status",
]
