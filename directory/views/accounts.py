"""Accounts and their roles, for who sets them up."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_tables2 import RequestConfig

from directory import rules, selectors, services
from directory.filters import AccountFilter
from directory.forms import InvitationForm, RoleForm
from directory.tables import AccountTable
from mediation.accounts.actor import Actor
from mediation.accounts.invitations import send_password_link
from mediation.accounts.models import User
from mediation.kernel.access import open_to


@require_safe
@open_to(rules.is_administrator)
def account_list(request: HttpRequest) -> HttpResponse:
    """List the accounts that the administrator sets up."""
    listing = AccountFilter(request.GET, selectors.accounts_set_up_by(request.user))
    table = RequestConfig(request, paginate={"per_page": 25}).configure(AccountTable(listing.qs))
    return render(request, "directory/accounts.html", {"filter": listing, "table": table})


@require_http_methods(["GET", "HEAD", "POST"])
@open_to(rules.is_administrator)
def account_invite(request: HttpRequest) -> HttpResponse:
    """Make an account with its first role, and send the message by which its owner chooses a password."""
    form = InvitationForm(request.POST or None, **_reach(request))
    if request.method == "POST" and form.is_valid():
        try:
            user = services.invite(by=Actor.at_desk(request.user), **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _welcome(request, user))
            return redirect("directory:account", user.uid)
    return render(request, "directory/account_invite.html", {"form": form})


@require_safe
@open_to(rules.is_administrator)
def account_sheet(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Show an account, its roles, and what can be changed of them."""
    return _sheet(request, _account(request, uid), RoleForm(**_reach(request)))


@require_POST
@open_to(rules.is_administrator)
def role_give(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Give a role to an account."""
    account = _account(request, uid)
    form = RoleForm(request.POST, **_reach(request))
    if not form.is_valid():
        return _sheet(request, account, form)
    services.give_role(user=account, by=Actor.at_desk(request.user), **form.cleaned_data)
    messages.success(request, _("Le rôle est donné."))
    return redirect("directory:account", uid)


@require_POST
@open_to(rules.is_administrator)
def role_remove(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take a role back."""
    account = _account(request, uid)
    membership = get_object_or_404(account.memberships, pk=pk)
    _attempt(request, services.remove_role, _("Le rôle est retiré."), membership=membership)
    # Whoever took back their own last role of administrator has no page of accounts any more.
    if account == request.user:
        return redirect("desk:start")
    return redirect("directory:account", uid) if _still_reached(request, uid) else redirect("directory:accounts")


@require_POST
@open_to(rules.is_administrator)
def account_send_link(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Send the message that lets somebody choose a password once more."""
    account = _account(request, uid)
    send_password_link(request, account)
    messages.success(request, _("Le message est parti à %(email)s.") % {"email": account.email})
    return redirect("directory:account", uid)


@require_POST
@open_to(rules.is_administrator)
def account_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close an account."""
    _attempt(request, services.deactivate_account, _("Le compte est fermé."), user=_account(request, uid))
    return redirect("directory:account", uid)


@require_POST
@open_to(rules.is_administrator)
def account_reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open an account again."""
    _attempt(request, services.reactivate_account, _("Le compte est rouvert."), user=_account(request, uid))
    return redirect("directory:account", uid)


def _welcome(request: HttpRequest, user: User) -> str:
    """Send the way in to somebody new, and say what was done."""
    if user.has_usable_password():
        return _("%(name)s avait déjà un compte : le rôle lui est donné.") % {"name": user}
    send_password_link(request, user)
    return _("L’invitation est partie à %(email)s.") % {"email": user.email}


def _account(request: HttpRequest, uid: UUID) -> User:
    """Return an account that the administrator sets up."""
    return get_object_or_404(selectors.accounts_set_up_by(request.user), uid=uid)


def _still_reached(request: HttpRequest, uid: UUID) -> bool:
    """Say whether the administrator still sets up this account."""
    return selectors.accounts_set_up_by(request.user).filter(uid=uid).exists()


def _reach(request: HttpRequest) -> dict:
    """Return how far the administrator's choices go."""
    return {
        "organisations": selectors.organisations_set_up_by(request.user),
        "network_wide": rules.is_network_administrator(request.user),
    }


def _sheet(request: HttpRequest, account: User, form: RoleForm) -> HttpResponse:
    """Draw an account with the form that gives a role."""
    context = {
        "account": account,
        "form": form,
        "memberships": [
            (membership, rules.may_change_role(request.user, membership)) for membership in account.memberships.all()
        ],
        "may_close": rules.may_close_account(request.user, account),
    }
    return render(request, "directory/account.html", context)


def _attempt(request: HttpRequest, verb, done: str, **what) -> None:
    """Run a service and say what became of it; what it refuses is told in its own words."""
    try:
        verb(by=Actor.at_desk(request.user), **what)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
