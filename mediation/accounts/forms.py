"""The forms of sign-in, in the words of the rest of the application."""

from typing import Any

from allauth.account import forms as allauth
from django import forms
from django.utils.translation import gettext_lazy as _


def _in_our_words(form: forms.Form, email_field: str) -> None:
    """Name the e-mail address as everywhere else; a placeholder that repeats the label is read twice."""
    form.fields[email_field].label = _("Adresse e-mail")
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(allauth.LoginForm):
    """Address and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, "login")


class ForgottenPasswordForm(allauth.ResetPasswordForm):
    """The address to which the way back is sent."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _in_our_words(self, "email")
