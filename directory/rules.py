"""May this user do this? Pure predicates over the user's memberships, read once per user object."""

from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from directory.enums import Role
from mediation.kernel.questions import asked_often


def roles(user: Any) -> set[tuple[str, int | None]]:
    """Return the user's (role, organisation id) pairs; the id is None for the whole network.

    An organisation that left the network takes its people's rights with it.
    """
    if not user.is_authenticated:
        return set()
    if not hasattr(user, "_roles"):
        user._roles = set(_held(user=user.pk))
    return user._roles


@asked_often
def _held(*, user: Any) -> QuerySet:
    # By name: the models import who may see their rows. Unordered: the order of memberships is by the name of users.
    held = apps.get_model("directory", "Membership").objects.filter(user=user).exclude(organisation__is_active=False)
    return held.order_by().values_list("role", "organisation_id")


def organisation_ids(user: Any, *wanted: Role) -> set[int]:
    """Return the ids of the organisations where the user has one of the roles (any role where none is named)."""
    return {pk for role, pk in roles(user) if pk is not None and (not wanted or role in wanted)}


def has_role(user: Any, *wanted: Role) -> bool:
    """Say whether the user has one of the roles somewhere."""
    return any(role in wanted for role, _ in roles(user))


def is_network_wide(user: Any, *wanted: Role) -> bool:
    """Say whether the user has one of the roles for the whole network."""
    return any(pk is None and (not wanted or role in wanted) for role, pk in roles(user))


def is_agent(user: Any) -> bool:
    """Anybody of the network: front desk, mediator, coordinator or administrator."""
    return bool(roles(user)) or getattr(user, "is_superuser", False)


def is_front_desk(user: Any) -> bool:
    """Somebody who books for people."""
    return has_role(user, Role.FRONT_DESK)


def is_mediator(user: Any) -> bool:
    """Somebody who helps people."""
    return has_role(user, Role.MEDIATOR)


def helps_people(user: Any) -> bool:
    """Somebody who may see people: the front desk and mediators. Coordinators see figures."""
    return has_role(user, Role.FRONT_DESK, Role.MEDIATOR)


def is_coordinator(user: Any) -> bool:
    """Somebody who reviews activity."""
    return has_role(user, Role.COORDINATOR)


def is_administrator(user: Any) -> bool:
    """Somebody who sets up organisations, places and accounts."""
    return has_role(user, Role.ADMINISTRATOR) or getattr(user, "is_superuser", False)


def is_network_administrator(user: Any) -> bool:
    """Somebody who sets up the whole network."""
    return is_network_wide(user, Role.ADMINISTRATOR) or getattr(user, "is_superuser", False)


def may_administer(user: Any, organisation: Any) -> bool:
    """Say whether the user sets up this organisation."""
    return is_network_administrator(user) or organisation.pk in organisation_ids(user, Role.ADMINISTRATOR)


def may_close_account(user: Any, account: Any) -> bool:
    """Say whether the user may close this account: all it does must lie within what the user sets up."""
    if is_network_administrator(user):
        return True
    if getattr(account, "is_superuser", False):
        return False
    own = organisation_ids(user, Role.ADMINISTRATOR)
    held = roles(account)
    return bool(held) and all(pk in own for _role, pk in held)


def may_change_role(user: Any, membership: Any) -> bool:
    """Say whether the user may take this role back."""
    if membership.organisation_id is None:
        return is_network_administrator(user)
    return is_network_administrator(user) or membership.organisation_id in organisation_ids(user, Role.ADMINISTRATOR)
