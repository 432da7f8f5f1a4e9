"""The message by which somebody chooses a password."""

from allauth.account.forms import ResetPasswordForm
from django.http import HttpRequest

from mediation.accounts.models import User


def send_password_link(request: HttpRequest, user: User) -> None:
    """Send allauth's own "choose a password" message: one token, one wording, one expiry for all accounts."""
    form = ResetPasswordForm({"email": user.email})
    if form.is_valid():
        form.save(request)
