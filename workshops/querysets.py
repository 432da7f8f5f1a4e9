"""Pick, scope and count workshops and registrations."""

from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from directory import rules
from directory.enums import Role
from workshops.enums import RegistrationStatus


class WorkshopQuerySet(models.QuerySet):
    """Workshops: part of the offer."""

    def standing(self) -> Self:
        """Those that are not cancelled."""
        return self.filter(engagement__released_at__isnull=True)

    def to_report(self) -> Self:
        """Those that began and whose attendance nobody has written down yet."""
        people = self.model.registrations.rel.related_model.objects.filter(workshop=OuterRef("pk"))
        unknown = Exists(people.filter(status__in=(RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED)))
        return self.standing().filter(unknown, engagement__starts_at__lte=timezone.now())

    def upcoming(self) -> Self:
        """Those that stand and have not begun."""
        return self.standing().filter(engagement__starts_at__gt=timezone.now())

    def visible_to(self, user: Any) -> Self:
        """Agents see every workshop; residents those open to them."""
        return self.all() if rules.is_agent(user) else self.filter(is_public=True, site__is_published=True)

    def for_pages(self) -> Self:
        """Bring along what every list of workshops shows."""
        return self.select_related("engagement__mediator__organisation", "site", "activity")

    def with_seats(self) -> Self:
        """Add ``capacity``, ``taken``, ``left`` and ``waiting``, counted by the database."""
        seats = self.model.seats.rel.related_model.objects.filter(workshop=OuterRef("pk"))
        waiting = self.model.registrations.rel.related_model.objects.filter(workshop=OuterRef("pk")).waiting()
        return self.annotate(
            capacity=_count(seats),
            taken=_count(seats.filter(registration__isnull=False)),
            waiting=_count(waiting),
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

    def expected(self) -> Self:
        """Who has a seat and has not been said present or absent."""
        return self.filter(status__in=(RegistrationStatus.REGISTERED, RegistrationStatus.OFFERED))

    def attended(self) -> Self:
        """Who came."""
        return self.filter(status=RegistrationStatus.ATTENDED)

    def live(self) -> Self:
        """Everybody who still counts on the workshop: with a seat, an offered seat, or a rank."""
        return self.exclude(status=RegistrationStatus.CANCELLED)


def _count(rows: QuerySet) -> Coalesce:
    """Count rows of each workshop in a subquery: joins of seats and registrations would multiply each other."""
    counted = rows.order_by().values("workshop").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)
