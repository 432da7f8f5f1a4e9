"""What residents may book."""

from django.db.models import QuerySet

from helpdesk.models import Reason
from mediation.activity.enums import Theme
from sites.models import Site


def any_need() -> Reason | None:
    """Return the reason of those who cannot say what they need."""
    return Reason.objects.self_service().filter(is_any_need=True).first()


def reasons_of(site: Site) -> QuerySet[Reason]:
    """Return what residents may book at a place."""
    return Reason.objects.self_service().filter(opening_periods__site=site).distinct()


def reason_for_demarches() -> Reason | None:
    """Return the reason for doing a démarche with somebody, else the one for any need."""
    # Read here rather than by SQL: SQLite cannot look into a list.
    offered = list(Reason.objects.self_service())
    fitting = (reason for reason in offered if Theme.ADMIN in reason.themes)
    return next(fitting, None) or next((reason for reason in offered if reason.is_any_need), None)
