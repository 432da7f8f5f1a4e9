"""Pick and count places and public computers."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from directory import rules
from directory.enums import Role
from sites.enums import WorkstationState


class SiteQuerySet(models.QuerySet):
    """Places: the offer, seen by everybody once published."""

    def published(self) -> Self:
        """What residents see."""
        return self.filter(is_published=True)

    def visible_to(self, user: Any) -> Self:
        """Agents see every place, residents the published ones."""
        return self.all() if user.is_authenticated else self.published()

    def editable_by(self, user: Any) -> Self:
        """Places that the user describes: those of the organisations they administer."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))

    def publishable(self) -> Self:
        """Published places that say what they offer: the national map takes no other."""
        return self.published().exclude(services=[])

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

    def editable_by(self, user: Any) -> Self:
        """Computers that the user adds, describes or takes away."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(site__organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))

    def run_by(self, user: Any) -> Self:
        """Computers whose state the user tells: everybody's who works for the place's organisation."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(site__organisation__in=rules.organisation_ids(user))
