"""Numbers that people keep: typed on keypads, spoken in pairs, unique where the database says so."""

import secrets


def new_reference() -> str:
    """Return eight random digits."""
    return f"{secrets.randbelow(10**8):08}"


def new_code() -> str:
    """Return the four random digits that stand beside the reference on the person's card."""
    return f"{secrets.randbelow(10**4):04}"
