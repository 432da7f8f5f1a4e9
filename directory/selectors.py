"""What pages read about people and organisations."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from directory import rules
from directory.enums import Role
from directory.models import Beneficiary, Mediator, Membership, Organisation
from directory.querysets import BeneficiaryQuerySet, OrganisationQuerySet
from mediation.accounts.models import User
from mediation.kernel import formats
from mediation.kernel.phones import to_e164

MOST_DUPLICATES = 5


def possible_duplicates(
    user: Any, *, first_name: str = "", last_name: str = "", phone_typed: str = "", besides: Beneficiary | None = None
) -> list[Beneficiary]:
    """Return people on file, among those the agent may see, with the same full name or the same number.

    A shared number is no proof: families and hostels have one. So they are offered, never chosen for the agent.
    """
    visible = Beneficiary.objects.visible_to(user)
    if besides:
        visible = visible.exclude(pk=besides.pk)
    return list(_look_alike(visible, first_name, last_name, phone_typed)[:MOST_DUPLICATES])


def _look_alike(people: BeneficiaryQuerySet, first_name: str, last_name: str, phone_typed: str) -> BeneficiaryQuerySet:
    """Narrow ``people`` to those with this full name, in either order, or this number."""
    found = people.none()
    if first_name and last_name:
        names = [formats.searchable(f"{a} {b}") for a, b in ((first_name, last_name), (last_name, first_name))]
        found |= people.filter(search_name__in=names)
    if e164 := to_e164(phone_typed):
        found |= people.filter(phone=e164)
    return found


def desk_organisation(user: Any) -> Organisation | None:
    """Return the organisation in whose name the agent registers people and books."""
    return Organisation.objects.active().of(user, Role.FRONT_DESK, Role.MEDIATOR).order_by("pk").first()


@dataclass(frozen=True)
class OrganisationSheet:
    """An organisation and who works there."""

    organisation: Organisation
    mediators: list[Mediator]
    memberships: list[Membership]


def organisation_sheet(organisation: Organisation) -> OrganisationSheet:
    """Return what the sheet of an organisation shows, in a constant number of queries."""
    return OrganisationSheet(
        organisation=organisation,
        mediators=list(organisation.mediators.select_related("user").prefetch_related("sites")),
        memberships=list(organisation.memberships.select_related("user").order_by("role", "user__last_name")),
    )


def organisations_set_up_by(user: Any) -> OrganisationQuerySet:
    """Return the organisations that an administrator sets up."""
    if rules.is_network_administrator(user):
        return Organisation.objects.all()
    return Organisation.objects.filter(pk__in=rules.organisation_ids(user, Role.ADMINISTRATOR))


def accounts_set_up_by(user: Any) -> QuerySet[User]:
    """Return the accounts that an administrator sets up: all, or those with a role in their organisations."""
    accounts = User.objects.prefetch_related("memberships__organisation").order_by("last_name", "first_name", "pk")
    if rules.is_network_administrator(user):
        return accounts
    held = Membership.objects.filter(organisation__in=rules.organisation_ids(user, Role.ADMINISTRATOR))
    return accounts.filter(pk__in=held.values("user"))
