"""Pick and scope organisations, mediators, their time, and beneficiaries."""

import datetime as dt
from typing import Any, Self

from django.db import models
from django.db.models import Count, Max, PositiveSmallIntegerField, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from directory import rules
from directory.enums import Role
from mediation.kernel import formats
from mediation.kernel.phones import to_e164

UNDO_MERGE_WITHIN = dt.timedelta(days=30)


class OrganisationQuerySet(models.QuerySet):
    """Organisations: the offer, seen by every agent of the network."""

    def active(self) -> Self:
        """Those that take part today."""
        return self.filter(is_active=True)

    def with_mediator_count(self) -> Self:
        """Add ``mediator_count``: those who receive today. Counting forgets the model's order, so it is said again."""
        counted = self.annotate(mediator_count=Count("mediators", filter=Q(mediators__is_active=True)))
        return counted.order_by("name")

    def of(self, user: Any, *wanted: Role) -> Self:
        """Those where the user has one of the roles (any role where none is named); all for a network-wide one."""
        if rules.is_network_wide(user, *wanted):
            return self.all()
        return self.filter(pk__in=rules.organisation_ids(user, *wanted))


class MediatorQuerySet(models.QuerySet):
    """Mediators: part of the offer, seen by every agent of the network."""

    def active(self) -> Self:
        """Those who receive today."""
        return self.filter(is_active=True, organisation__is_active=True)

    def visible_to(self, user: Any) -> Self:
        """Everybody's name and place are the offer; residents' pages never list them."""
        return self.all() if rules.is_agent(user) else self.none()

    def of_colleagues(self, user: Any) -> Self:
        """Mediators of the organisations where the user books or helps."""
        return self.filter(organisation__in=rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR))


class EngagementQuerySet(models.QuerySet):
    """Time of mediators."""

    def standing(self) -> Self:
        """Time that is still taken."""
        return self.filter(released_at__isnull=True)

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Time that touches the half-open period."""
        return self.filter(starts_at__lt=end, ends_at__gt=start)


class BeneficiaryQuerySet(models.QuerySet):
    """People."""

    def visible_to(self, user: Any) -> Self:
        """People linked to an organisation where the user books or helps. Coordinators see figures, not people.

        A file that was merged into another is no longer shown: its links stay with it until the merge is undone.
        """
        return self.visible_at(rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR))

    def visible_at(self, organisations: Any) -> Self:
        """The same, for agents of these organisations, by key."""
        return self._linked_to(organisations).filter(merged_into=None)

    def followed_by(self, user: Any) -> Self:
        """The same people, files that were merged into another included."""
        return self._linked_to(rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR))

    def _linked_to(self, organisations: Any) -> Self:
        # A subquery rather than a join: the rows stay one per person, so they can be counted, locked and ordered.
        links = self.model.links.field.model.objects.filter(organisation__pk__in=organisations)
        return self.filter(pk__in=links.values("beneficiary"))

    def matching(self, text: str) -> Self:
        """People whose name holds every word of ``text`` (accents ignored), or whose number or reference it is."""
        by_name = Q(pk__isnull=False)
        for word in formats.searchable(text).split():
            by_name &= Q(search_name__contains=word)
        by_number = self._number_holds("".join(character for character in text if character.isdigit()))
        if e164 := to_e164(text):
            by_number |= Q(phone=e164)
        # PostgreSQL takes no NUL, which nobody types but an address may hold.
        found = by_number | Q(reference__iexact=text.replace("\x00", "").strip())
        return self.filter(found | by_name if formats.searchable(text) else found)

    def with_last_contact(self, user: Any) -> Self:
        """Add ``last_contact_on``: the latest day that one of the user's organisations met the person."""
        ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
        latest = Max("links__last_contact_on", filter=Q(links__organisation__in=ids))
        return self.annotate(last_contact_on=latest).order_by("last_name", "first_name", "pk")

    def past_their_term(self, months: int, since: dt.datetime) -> Self:
        """Files kept for so many months, the longest of their organisations' terms, that nobody met or opened since."""
        default = self.model.links.field.model.organisation.field.related_model._meta.get_field("retention_months")
        term = Coalesce(
            Max("links__organisation__retention_months"),
            default.get_default(),
            output_field=PositiveSmallIntegerField(),
        )
        files = self.filter(erased_at=None, merged_into=None, created_at__lt=since)
        recent = self.model.links.field.model.objects.filter(last_contact_on__gte=timezone.localdate(since))
        return files.exclude(pk__in=recent.values("beneficiary")).alias(term=term).filter(term=months)

    @staticmethod
    def _number_holds(digits: str) -> Q:
        """Match the end of a number ("00 01" reads the last digits), or its beginning as people dial it ("06 39")."""
        if len(digits) < 4:
            return Q(pk__isnull=True)
        by_end = Q(phone__endswith=digits)
        return by_end | Q(phone__startswith=f"+33{digits[1:]}") if digits.startswith("0") else by_end


class MergeQuerySet(models.QuerySet):
    """Files of one person made one."""

    def undoable(self) -> Self:
        """Those that can still be taken back."""
        return self.filter(undone_at=None, merged_at__gt=timezone.now() - UNDO_MERGE_WITHIN)

    def touching(self, people: Any) -> Self:
        """Those that made one of these files one with another, taken back or not."""
        return self.filter(Q(kept__in=people) | Q(duplicate__in=people))

    def visible_to(self, user: Any) -> Self:
        """Those of which the user may see both files."""
        people = self.model.kept.field.related_model.objects
        return self.filter(kept__in=people.visible_to(user), duplicate__in=people.followed_by(user))


class BeneficiaryLinkQuerySet(models.QuerySet):
    """What ties people to organisations."""

    def of_mediator(self, user: Any) -> Self:
        """Links of the organisations where the user is a mediator: front desks take no agreement about history."""
        return self.filter(organisation__in=rules.organisation_ids(user, Role.MEDIATOR))
