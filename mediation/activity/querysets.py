"""Pick, scope and count activities and accompagnements."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from directory import rules
from directory.enums import Role
from mediation.kernel import formats


class ActivityQuerySet(models.QuerySet):
    """Activities."""

    def visible_to(self, user: Any) -> Self:
        """Activities of the organisations where the user is a mediator. Front desks never see what was done."""
        return self.filter(organisation__in=rules.organisation_ids(user, Role.MEDIATOR))

    def in_period(self, first: dt.date, last: dt.date) -> Self:
        """Activities from the first to the last day, both included."""
        return self.filter(day__range=(first, last))

    def counted(self) -> Self:
        """Activities whose source is the one declared for their mediator on their day (domain.md §1.1)."""
        return self.with_declared_source().filter(source=F("declared_source"))

    def overlapping(self) -> Self:
        """Activities reported in another place than the declared one: kept and shown, never added."""
        return self.with_declared_source().exclude(source=F("declared_source"))

    def number(self) -> int:
        """Return the number of activities; the totals of a month stand for several."""
        return self.aggregate(number=Coalesce(Sum("times"), 0))["number"]

    def with_people(self) -> Self:
        """Add ``people``, the number of accompagnements."""
        assistances = self.model._meta.apps.get_model("activity", "Assistance").objects
        helped = assistances.filter(activity=OuterRef("pk")).order_by().values("activity").annotate(n=Sum("people"))
        # A subquery: the joins of a filter (themes) must not count people twice.
        return self.annotate(people=Coalesce(Subquery(helped.values("n")), 0))

    def for_list(self) -> Self:
        """Add what a line of a list shows, at the same number of queries for one line or a hundred."""
        related = self.select_related("mediator", "organisation", "site").prefetch_related("themes")
        return related.with_people().with_declared_source()

    def with_declared_source(self) -> Self:
        """Add ``declared_source``: the mediator's for that day, or the organisation's default."""
        declared = self.model._meta.apps.get_model("activity", "DeclaredSource").objects.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=OuterRef("day")),
            mediator=OuterRef("mediator"),
            starts_on__lte=OuterRef("day"),
        )
        return self.annotate(
            declared_source=Coalesce(Subquery(declared.values("source")[:1]), F("organisation__default_source"))
        )


class AssistanceQuerySet(models.QuerySet):
    """Accompagnements."""

    def total(self) -> int:
        """Return the number of accompagnements, anonymous counts included."""
        return self.aggregate(total=Coalesce(Sum("people"), 0))["total"]


class DemarcheQuerySet(models.QuerySet):
    """The catalogue: seen by everybody."""

    def active(self) -> Self:
        """Those that are proposed."""
        return self.filter(is_active=True)

    def matching(self, text: str) -> Self:
        """Those whose name, public body or everyday words hold every word of ``text``, accents and plurals aside."""
        found = self
        for word in formats.searchable(text).split():
            found = found.filter(search_words__contains=word.removesuffix("s") if len(word) > 3 else word)
        return found
