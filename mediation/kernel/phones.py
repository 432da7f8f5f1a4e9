"""Telephone numbers: accept what people type, keep E.164 beside it."""

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def to_e164(typed: str) -> str:
    """Return the number in E.164 ("+33639980000"), or "" where ``typed`` cannot be one.

    Possible numbers are enough: those reserved for fiction are possible, not valid.
    """
    try:
        number = phonenumbers.parse(typed, settings.PHONENUMBER_DEFAULT_REGION)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_possible_number(number):
        return ""
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def is_mobile(e164: str) -> bool:
    """Say whether a number receives SMS: in France, 06 and 07."""
    return e164.startswith(("+336", "+337"))


def validate_phone(typed: str) -> None:
    """Raise ValidationError, in words that help, where ``typed`` cannot be a telephone number."""
    if typed and not to_e164(typed):
        raise ValidationError(
            _("Ce numéro n’est pas complet. Un numéro français a dix chiffres, par exemple 06 39 98 00 00."),
            code="phone",
        )
