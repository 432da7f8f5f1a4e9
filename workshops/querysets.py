"""Pick, scope and count workshops and registrations."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils import timezone

from directory import rules
from directory.enums import Role
from workshops.enums import RegistrationStatus


class WorkshopQuerySet(models.QuerySet):
    """Workshops: part of the offer."""

    def standing(self) -> Self:
        """Those that are not cancelled."""
        return self.filter(engagement__released_at__isnull=True)

    def upcoming(self) -> Self:
        """Those that stand and have not begun."""
        return self.standing().filter(engagement__starts_at__gt=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Agents see every workshop; residents those open to them."""
        return self.all() if rules.is_agent(user) else self.filter(is_public=True, site__is_published=True)

    def led_by_organisations_of(self, user: Any) -> Self:
        """Workshops that the user's own organisations lead: whose participants they may see."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(engagement__mediator__organisation__in=ids)

    def for_pages(self) -> Self:
        """Bring along what every list of workshops shows."""
        return self.select_related("engagement__mediator__organisation", "site", "activity")

    def with_seats(self) -> Self:
        """Add ``capacity``, ``taken``, ``left`` and ``waiting``, counted by the database."""
        return self.annotate(
            capacity=Count("seats", distinct=True),
            taken=Count("seats__registration", distinct=True),
            waiting=Count("registrations", filter=Q(registrations__status=RegistrationStatus.WAITING), distinct=True),
        ).annotate(left=F("capacity") - F("taken"))


class RegistrationQuerySet(models.QuerySet):
    """Registrations."""

    def visible_to(self, user: Any) -> Self:
        """Those of the workshops that the user's organisations lead, and those that they booked."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        return self.filter(Q(workshop__engagement__mediator__organisation__in=ids) | Q(booked_for__in=ids))

    def waiting(self) -> Self:
        """The waiting list, in order."""
        return self.filter(status=RegistrationStatus.WAITING).order_by("asked_at", "pk")
