"""What the coordination report reads across the applications."""

from reports.selectors.coordination import coordination_report
from reports.selectors.figures import (
    Breakdown,
    BreakdownLine,
    CoordinationReport,
    CrossLine,
    Demand,
    Figures,
    MonthLine,
    OrganisationLine,
    QuartierLine,
    SiteLine,
)

__all__ = [
    "Breakdown",
    "BreakdownLine",
    "CoordinationReport",
    "CrossLine",
    "Demand",
    "Figures",
    "MonthLine",
    "OrganisationLine",
    "QuartierLine",
    "SiteLine",
    "coordination_report",
]
