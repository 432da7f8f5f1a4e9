"""Pick and scope kiosks and calls for help."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from directory import rules
from directory.enums import Role

# Whoever called longer ago has found help, or left.
CALL_LASTS = dt.timedelta(minutes=30)


class KioskDeviceQuerySet(models.QuerySet):
    """Kiosks."""

    def active(self) -> Self:
        """Those that were not taken out of service."""
        return self.filter(revoked_at__isnull=True)

    def administered_by(self, user: Any) -> Self:
        """Those at the places that the user sets up."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(site__organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))


class CallForHelpQuerySet(models.QuerySet):
    """Calls for help."""

    def open(self) -> Self:
        """Those that nobody has answered yet."""
        return self.filter(answered_at__isnull=True, asked_at__gt=timezone.now() - CALL_LASTS)

    def visible_to(self, user: Any) -> Self:
        """Those at the places of the organisations where the user receives people, or where their mediators do."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        here = Q(device__site__organisation__in=ids) | Q(device__site__mediators__organisation__in=ids)
        # A subquery: a place with three mediators is still one call.
        return self.filter(pk__in=self.model.objects.filter(here).values("pk"))
