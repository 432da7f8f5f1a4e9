"""Give and take back what accounts may do. Every change keeps at least one administrator of the network."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from directory import rules
from directory.enums import Role
from directory.models import Membership, Organisation
from mediation.accounts.actor import Actor
from mediation.accounts.models import User
from mediation.privacy.models import JournalEntry
from mediation.privacy.services import record

LAST_ADMINISTRATOR = _("C’est le dernier compte qui administre le réseau. Donnez d’abord ce rôle à quelqu’un d’autre.")


@transaction.atomic
def invite(
    *, email: str, first_name: str, last_name: str, role: Role, organisation: Organisation | None, by: Actor
) -> User:
    """Return the account of this address with the role given, made without password where there was none.

    The caller then sends the message by which its owner chooses a password.
    """
    user = User.objects.filter(email__iexact=email.strip()).first()
    if user is None:
        user = User(email=User.objects.normalize_email(email.strip()), first_name=first_name, last_name=last_name)
        user.set_unusable_password()
        user.full_clean(exclude=["password"])
        user.save()
        record(action=JournalEntry.Action.CREATE, subject=user, by=by)
    if not user.is_active:
        raise ValidationError(_("Ce compte est fermé. Rouvrez-le d’abord."), code="closed")
    give_role(user=user, role=role, organisation=organisation, by=by)
    return user


@transaction.atomic
def give_role(*, user: User, role: Role, organisation: Organisation | None, by: Actor) -> Membership:
    """Let an account do more; giving the same role twice changes nothing."""
    _refuse_beyond_reach(organisation, by)
    held = Membership.objects.filter(user=user, role=role, organisation=organisation).first()
    if held:
        return held
    membership = Membership(user=user, role=role, organisation=organisation)
    membership.full_clean()
    membership.save()
    record(action=JournalEntry.Action.CHANGE, subject=user, by=by)
    return membership


@transaction.atomic
def remove_role(*, membership: Membership, by: Actor) -> None:
    """Take a role back."""
    _refuse_beyond_reach(membership.organisation, by)
    if _is_network_administration(membership):
        _refuse_last_administrator(membership.user)
    user = membership.user
    membership.delete()
    record(action=JournalEntry.Action.CHANGE, subject=user, by=by)


@transaction.atomic
def deactivate_account(*, user: User, by: Actor) -> None:
    """Close an account: it signs in no more, and everything it did stays."""
    if by.user is None or not rules.may_close_account(by.user, user):
        raise PermissionDenied
    if user.memberships.filter(role=Role.ADMINISTRATOR, organisation=None).exists() or user.is_superuser:
        _refuse_last_administrator(user)
    user.is_active = False
    user.save(update_fields=["is_active"])
    record(action=JournalEntry.Action.CHANGE, subject=user, by=by)


@transaction.atomic
def reactivate_account(*, user: User, by: Actor) -> None:
    """Open a closed account again, with the roles it had."""
    if by.user is None or not rules.may_close_account(by.user, user):
        raise PermissionDenied
    user.is_active = True
    user.save(update_fields=["is_active"])
    record(action=JournalEntry.Action.CHANGE, subject=user, by=by)


def _is_network_administration(membership: Membership) -> bool:
    """Say whether a role sets up the whole network."""
    return membership.organisation_id is None and membership.role == Role.ADMINISTRATOR


def _refuse_beyond_reach(organisation: Organisation | None, by: Actor) -> None:
    """Raise PermissionDenied where the agent does not set up this organisation (None: the whole network)."""
    if by.user is None:
        return
    reachable = rules.may_administer(by.user, organisation) if organisation else rules.is_network_administrator(by.user)
    if not reachable:
        raise PermissionDenied


def _refuse_last_administrator(user: User) -> None:
    """Raise ValidationError where nobody else could set up the network.

    The rows are locked in key order: two administrators who remove each other at once cannot both succeed.
    """
    administrations = Membership.objects.select_for_update().filter(role=Role.ADMINISTRATOR, organisation=None)
    holders = {membership.user_id for membership in administrations.order_by("pk")}
    if not User.objects.filter(pk__in=holders, is_active=True).exclude(pk=user.pk).exists():
        raise ValidationError(LAST_ADMINISTRATOR, code="last_administrator")
