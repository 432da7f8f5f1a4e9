"""What pages read about people and organisations."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Field, ManyToOneRel, Model, Q, QuerySet, UniqueConstraint

from directory import rules
from directory.enums import Role
from directory.models import Beneficiary, BeneficiaryLink, Mediator, Membership, Merge, Organisation
from directory.querysets import BeneficiaryQuerySet, OrganisationQuerySet
from mediation.accounts.models import User
from mediation.kernel import formats
from mediation.kernel.phones import to_e164
from mediation.kernel.questions import asked_often

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
    if names := _names(first_name, last_name):
        found |= people.filter(search_name__in=names)
    if e164 := to_e164(phone_typed):
        found |= people.filter(phone=e164)
    return found


def _names(first_name: str, last_name: str) -> list[str]:
    """Return a full name as files are searched by, in either order; nothing where half of it is not known."""
    if not first_name or not last_name:
        return []
    return [formats.searchable(f"{a} {b}") for a, b in ((first_name, last_name), (last_name, first_name))]


def likely_duplicates(person: Beneficiary, user: Any) -> list[Beneficiary]:
    """Return files, among those the agent may see, that are probably the same person's.

    The same full name in either order, or the same number where the given names do not contradict each other: a
    mother and her son share a number and are two people. So are a father and a son of one name, born in two years.
    """
    alike = possible_duplicates(
        user, first_name=person.first_name, last_name=person.last_name, phone_typed=person.phone_typed, besides=person
    )
    return [one for one in alike if _may_be_one(person, one)]


def likely_duplicates_among(people: Collection[Beneficiary], user: Any) -> dict[int, Beneficiary]:
    """Return, for those of ``people`` who have one, a file that is probably theirs as well; one query for all."""
    names = {name for person in people for name in _names(person.first_name, person.last_name)}
    phones = {person.phone for person in people if person.phone}
    visible = Beneficiary.objects.visible_to(user)
    known = visible.filter(Q(search_name__in=names) | Q(phone__in=phones)).order_by("pk") if names or phones else []
    by_name, by_phone = defaultdict(list), defaultdict(list)
    for one in known:
        by_name[one.search_name].append(one)
        by_phone[one.phone].append(one)
    found = {}
    for person in people:
        alike = [one for name in _names(person.first_name, person.last_name) for one in by_name[name]]
        alike += by_phone[person.phone] if person.phone else []
        if other := next((one for one in alike if one != person and _may_be_one(person, one)), None):
            found[person.pk] = other
    return found


def _may_be_one(person: Beneficiary, other: Beneficiary) -> bool:
    """Say whether two files that look alike may be one person's."""
    if person.birth_year and other.birth_year and person.birth_year != other.birth_year:
        return False
    if other.search_name in _names(person.first_name, person.last_name):
        return True
    return _is_not_another(formats.searchable(person.first_name), formats.searchable(other.first_name))


def _is_not_another(given: str, other: str) -> bool:
    """Say whether two given names may be one person's: the same, or one is not known."""
    return not given or not other or given == other


def desk_organisation(user: Any, *, read: Organisation | None = None) -> Organisation | None:
    """Return the organisation in whose name the agent registers people and books.

    ``read`` is one that was read already, and need not be again where it is the agent's only one.
    """
    wanted = (Role.FRONT_DESK, Role.MEDIATOR)
    is_wide, ids = rules.is_network_wide(user, *wanted), rules.organisation_ids(user, *wanted)
    if read is not None and not is_wide and ids == {read.pk}:
        return read
    return next(iter(_first(of=None if is_wide else list(ids))), None)


def booking_organisation(user: Any, mediator: Mediator) -> Organisation | None:
    """Return the organisation in whose name an agent books with ``mediator``: theirs where the agent belongs to it."""
    if user is None:
        return None
    ids = rules.organisation_ids(user, Role.FRONT_DESK, Role.MEDIATOR)
    if mediator.organisation_id in ids:
        return mediator.organisation
    return Organisation.objects.filter(pk__in=ids).first()


@asked_often
def _first(*, of: Any) -> QuerySet:
    """The first organisation that takes part, among those ``of`` which the keys are given."""
    active = Organisation.objects.active()
    return (active if of is None else active.filter(pk__in=of)).order_by("pk")[:1]


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


# --- Two files of one person ------------------------------------------------------------------------------------------

# What no agent fills in: these say nothing of the person, or are made from other fields by ``save``.
NOT_OF_THE_PERSON = {"id", "uid", "search_name", "phone", "created_at", "merged_into", "erased_at"}
# Where a file says nothing; French is what everybody is taken to speak until somebody says otherwise.
SAYS_NOTHING: tuple[Any, ...] = ("", None, [], "unknown", "fr")


@dataclass(frozen=True)
class Tie:
    """Rows of one model that name a person, whatever the app: found by looking, so that later apps are included."""

    model: type[Model]
    field: str

    @property
    def key(self) -> str:
        """How the tie is written down: "helpdesk.Attendee.beneficiary"."""
        return f"{self.model._meta.label}.{self.field}"

    def rows(self, person: Beneficiary) -> QuerySet:
        """Return the rows that name ``person``."""
        return self.model._base_manager.filter(**{self.field: person})

    def clash(self, one: Beneficiary, other: Beneficiary) -> str:
        """Return what both are in at once, where it can only be so with two people ("atelier"); "" if nothing."""
        for others, condition in self._once():
            both = [set(self.rows(person).filter(condition).values_list(*others)) for person in (one, other)]
            if any(None not in row for row in both[0] & both[1]):
                field: Field = self.model._meta.get_field(others[0])  # type: ignore[assignment]
                return str(field.verbose_name)
        return ""

    def _once(self) -> list[tuple[list[str], Q]]:
        """Return what the database wants once per person: the other columns, and under which condition."""
        return [
            ([name for name in constraint.fields if name != self.field], constraint.condition or Q())
            for constraint in self.model._meta.constraints
            if isinstance(constraint, UniqueConstraint) and self.field in constraint.fields
        ]


def ties() -> list[Tie]:
    """Return everything that may name a person, but for what a merge treats by itself."""
    relations = Beneficiary._meta.get_fields(include_hidden=True)
    return [
        Tie(relation.related_model, relation.field.name)
        for relation in relations
        if isinstance(relation, ManyToOneRel) and relation.related_model not in (Beneficiary, BeneficiaryLink, Merge)
    ]


def filled_fields(kept: Beneficiary, duplicate: Beneficiary) -> dict[str, Any]:
    """Return what the kept file would learn: what it leaves empty, and the needs that only the duplicate says."""
    learnt = {}
    for field in Beneficiary._meta.concrete_fields:
        here, there = (field.value_from_object(person) for person in (kept, duplicate))
        if field.name not in NOT_OF_THE_PERSON and here in SAYS_NOTHING and there not in SAYS_NOTHING:
            learnt[field.attname] = there
    if needs := [need for need in duplicate.reception_needs if need not in kept.reception_needs]:
        learnt["reception_needs"] = [*kept.reception_needs, *needs]
    return learnt


def why_not_one(kept: Beneficiary, duplicate: Beneficiary) -> str:
    """Return what both people are in at once ("rendez-vous", "atelier"), which tells two people; "" if nothing."""
    return next((clash for tie in ties() if (clash := tie.clash(kept, duplicate))), "")
