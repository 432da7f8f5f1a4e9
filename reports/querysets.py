"""Pick confirmations."""

from typing import Any, Self

from django.db import models

from reports import rules
from reports.periods import Period


class ConfirmationQuerySet(models.QuerySet):
    """Confirmations: partner data, read by those who read its figures."""

    def visible_to(self, user: Any) -> Self:
        """Every one for coordinators of the network, one's own organisations' for others."""
        if rules.reads_whole_network(user):
            return self.all()
        return self.filter(organisation__in=rules.confirmable_ids(user))

    def covering(self, period: Period) -> Self:
        """Those that speak of every day of the period, the latest last."""
        return self.filter(first_day__lte=period.first_day, last_day__gte=period.last_day).order_by("confirmed_at")
