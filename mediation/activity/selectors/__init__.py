"""What pages and reports read of the activity log."""

from mediation.activity.selectors.coop import CoopLine, lines_for_coop, workshop_lines_for_coop
from mediation.activity.selectors.facts import activity_facts
from mediation.activity.selectors.monthly import GivenMonth, ended_months, given_months
from mediation.activity.selectors.source import MediatorSources, declared_source, sources_of
from mediation.activity.selectors.usual import Usual, most_used_first, usual

__all__ = [
    "CoopLine",
    "GivenMonth",
    "MediatorSources",
    "Usual",
    "activity_facts",
    "declared_source",
    "ended_months",
    "given_months",
    "lines_for_coop",
    "most_used_first",
    "sources_of",
    "usual",
    "workshop_lines_for_coop",
]
