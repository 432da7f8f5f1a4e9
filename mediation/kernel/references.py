"""Numbers that people keep: typed on keypads, spoken in pairs, unique where the database says so."""

import secrets

from django.db.models import QuerySet


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
