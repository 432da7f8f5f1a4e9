"""Pick and count places and public computers."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from sites.enums import WorkstationState


class SiteQuerySet(models.QuerySet):
    """Places: the offer, seen by everybody once published."""

    def published(self) -> Self:
        """What residents see."""
        return self.filter(is_published=True)

    def visible_to(self, user: Any) -> Self:
        """Agents see every place, residents the published ones."""
        return self.all() if user.is_authenticated else self.published()

    def with_workstations(self) -> Self:
        """Add ``workstation_count``, ``free_count`` and ``broken_count``."""
        return self.annotate(
            workstation_count=Count("workstations", distinct=True),
            free_count=Count("workstations", filter=Q(workstations__state=WorkstationState.FREE), distinct=True),
            broken_count=Count("workstations", filter=Q(workstations__state=WorkstationState.BROKEN), distinct=True),
        )


class WorkstationQuerySet(models.QuerySet):
    """Public computers."""

    def working(self) -> Self:
        """Those that are not broken."""
        return self.exclude(state=WorkstationState.BROKEN)
