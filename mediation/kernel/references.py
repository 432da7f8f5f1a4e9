"""Numbers that people keep: typed on keypads, spoken in pairs, unique where the database says so."""

import secrets

from django.db.models import QuerySet

from mediation.kernel.phones import to_e164

SECRET_LENGTH = 4


def new_reference() -> str:
    """Return eight random digits."""
    return f"{secrets.randbelow(10**8):08}"


def free_reference(*rows: QuerySet) -> str:
    """Return a reference that none of ``rows`` has."""
    reference = new_reference()
    while any(those.filter(reference=reference).exists() for those in rows):
        reference = new_reference()
    return reference


def new_code() -> str:
    """Return the four random digits that stand beside the reference on the person's card."""
    return f"{secrets.randbelow(10**4):04}"


def read_secret(typed: str) -> str:
    """Return what proves that a reference is one's own, in one form, or "" where ``typed`` can be none of it.

    It is the code beside the reference or the last four digits of the number ("0001"), or the whole number in any form
    ("+33639980001"): in either form a stored number ends with it.
    """
    digits = "".join(character for character in typed if character in "0123456789")
    return digits if len(digits) == SECRET_LENGTH else to_e164(typed)
