"""Mistakes that residents find on the pages of places."""

import datetime as dt

from django.utils import timezone

from mediation.accounts.actor import Actor
from sites.models import ErrorReport, Site

# Long enough to see that the same mistake comes back.
KEPT_ONCE_HANDLED = dt.timedelta(days=180)


def report_error(*, site: Site, subject: str, text: str, by: Actor) -> ErrorReport:
    """Note what is wrong on the page of a place, for those who describe it."""
    report = ErrorReport(site=site, subject=subject, text=text.strip())
    report.full_clean()
    report.save()
    return report


def mark_report(*, report: ErrorReport, handled: bool, by: Actor) -> None:
    """Say that the mistake is dealt with, or that it is not after all."""
    report.handled_at = timezone.now() if handled else None
    report.handled_by = by.user if handled else None
    report.save(update_fields=["handled_at", "handled_by"])


def forget_reports() -> int:
    """Erase what was dealt with months ago, and return how many."""
    old = ErrorReport.objects.filter(handled_at__lt=timezone.now() - KEPT_ONCE_HANDLED)
    return old.delete()[0]
