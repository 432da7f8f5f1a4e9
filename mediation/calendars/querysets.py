"""Pick and scope feeds."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from directory import rules
from directory.enums import Role


class FeedQuerySet(models.QuerySet):
    """Feeds."""

    def active(self) -> Self:
        """Those whose address still answers, of people and places that still take part."""
        on = Q(site__isnull=False) | Q(mediator__is_active=True, mediator__organisation__is_active=True)
        return self.filter(on, revoked_at__isnull=True)

    def managed_by(self, user: Any) -> Self:
        """The user's own, and those of the mediators and places of the organisations that they administer."""
        if rules.is_network_administrator(user):
            return self.all()
        ids = rules.organisation_ids(user, Role.ADMINISTRATOR)
        own = Q(mediator__user=user) if rules.is_mediator(user) else Q(pk__isnull=True)
        return self.filter(own | Q(mediator__organisation__in=ids) | Q(site__organisation__in=ids))

    def for_pages(self) -> Self:
        """Bring along what the list shows."""
        return self.select_related("mediator", "site", "created_by").order_by("-created_at", "-pk")
