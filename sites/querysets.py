"""Pick and count places, public computers and who has them."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, F, Prefetch, Q
from django.utils import timezone

from directory import rules
from directory.enums import Role
from directory.models import Mediator
from sites.enums import WorkstationState
from sites.rules import GIVES_COMPUTERS

# Whoever reserved and has not come by then leaves the computer to somebody else.
ARRIVE_WITHIN = dt.timedelta(minutes=10)
# A computer that somebody else has reserved for sooner than this is not worth sitting down at.
SHORTEST_SESSION = dt.timedelta(minutes=15)


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

    def giving_computers(self, user: Any) -> Self:
        """Places where the user gives out computers: those of the organisations where they receive people."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(organisation__in=rules.organisation_ids(user, *GIVES_COMPUTERS))

    def publishable(self) -> Self:
        """Published places that say what they offer: the national map takes no other."""
        return self.published().exclude(services=[])

    def with_workstations(self) -> Self:
        """Add ``workstation_count``, ``free_count`` (those one may sit down at now) and ``broken_count``."""
        free = self.model.workstations.rel.related_model.objects.free(timezone.now())
        return self.annotate(
            workstation_count=Count("workstations", distinct=True),
            free_count=Count("workstations", filter=Q(workstations__in=free.values("pk")), distinct=True),
            broken_count=Count("workstations", filter=Q(workstations__state=WorkstationState.BROKEN), distinct=True),
        )


class WorkstationQuerySet(models.QuerySet):
    """Public computers."""

    def working(self) -> Self:
        """Those that are not broken."""
        return self.exclude(state=WorkstationState.BROKEN)

    def free(self, at: dt.datetime) -> Self:
        """Those one may sit down at: neither broken nor in use, and reserved by nobody for the moments to come."""
        rows = self.model.reservations.rel.related_model.objects.standing(at)
        taken = rows.filter(starts_at__lt=at + SHORTEST_SESSION, ends_at__gt=at)
        return self.filter(state=WorkstationState.FREE).exclude(pk__in=taken.values("workstation"))

    def with_sessions(self, at: dt.datetime) -> Self:
        """Fetch as ``sessions`` who has each computer at ``at`` and later, earliest first."""
        rows = self.model.reservations.rel.related_model.objects.standing(at).filter(ends_at__gt=at)
        return self.prefetch_related(Prefetch("reservations", rows, to_attr="sessions"))

    def editable_by(self, user: Any) -> Self:
        """Computers that the user adds, describes or takes away."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(site__organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))

    def own_places(self, user: Any) -> set[int]:
        """Return the places of these computers where the user receives people, else where their colleagues do."""
        team = Mediator.objects.active().filter(organisation__in=rules.organisation_ids(user))
        places = self.filter(site__mediators__in=team).order_by()
        found = set(places.values_list("site", "site__mediators__user").distinct())
        return {site for site, receives in found if receives == user.pk} or {site for site, _receives in found}

    def run_by(self, user: Any) -> Self:
        """Computers whose state the user tells: everybody's who works for the place's organisation."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(site__organisation__in=rules.organisation_ids(user))


class ReservationQuerySet(models.QuerySet):
    """Sessions at public computers."""

    def standing(self, at: dt.datetime) -> Self:
        """Those that hold a computer, as seen at ``at``: not given back, and nobody who is far too late."""
        return self.filter(released_at=None).exclude(_not_come(at))

    def not_come(self, at: dt.datetime) -> Self:
        """Those of people who should have come by ``at``, and whose computer nobody has given back yet."""
        return self.filter(_not_come(at), released_at=None)

    def ahead(self) -> Self:
        """Those kept for later, as against those of whoever sat down at once."""
        return self.filter(starts_at__gt=F("booked_at"))

    def visible_to(self, user: Any) -> Self:
        """Those at the places of the organisations where the user receives people: coordinators see figures."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(workstation__site__organisation__in=rules.organisation_ids(user, *GIVES_COMPUTERS))

    def for_pages(self) -> Self:
        """With the computer and its place."""
        return self.select_related("workstation__site")


class ErrorReportQuerySet(models.QuerySet):
    """Mistakes that residents found on the pages of places."""

    def visible_to(self, user: Any) -> Self:
        """Those about the places of the user's organisations."""
        if rules.is_network_administrator(user):
            return self.all()
        return self.filter(site__organisation__in=rules.organisation_ids(user))

    def waiting(self) -> Self:
        """Those that nobody has dealt with."""
        return self.filter(handled_at=None)

    def for_pages(self) -> Self:
        """With the place, and who dealt with it; what waits stands first."""
        waits = models.Case(models.When(handled_at=None, then=0), default=1)
        return self.select_related("site", "handled_by").order_by(waits, "-reported_at", "-pk")


def _not_come(at: dt.datetime) -> Q:
    return Q(arrived_at=None, starts_at__lte=at - ARRIVE_WITHIN)
