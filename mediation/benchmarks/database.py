"""A database that a benchmark creates, fills and drops: never the one that DATABASE_URL names."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from urllib.parse import quote

from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import override_settings


@contextmanager
def throwaway_database() -> Iterator[str]:
    """Point this process at an empty, migrated database on the server of DATABASE_URL; yield its own URL."""
    if connection.vendor != "postgresql":
        raise CommandError("Benchmarks run on PostgreSQL: DATABASE_URL=postgres://… manage.py benchmark …")
    usual = connection.settings_dict["NAME"]
    kept = connection.settings_dict["TEST"].get("NAME")
    connection.settings_dict["TEST"]["NAME"] = f"benchmark_{os.getpid()}"
    # Under DEBUG Django keeps every query: that would be measured as well.
    with override_settings(DEBUG=False):
        # It says what it does about the cache's table, whatever the verbosity; figures may be read by a program.
        with redirect_stdout(StringIO()):
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            yield _url()
        finally:
            connection.creation.destroy_test_db(usual, verbosity=0)
            connection.settings_dict["TEST"]["NAME"] = kept


def _url() -> str:
    """Return the address of the database in use, for the processes that a benchmark starts."""
    said = connection.settings_dict
    user, password, name = (quote(said[key] or "", safe="") for key in ("USER", "PASSWORD", "NAME"))
    account = f"{user}:{password}@" if password else f"{user}@" if user else ""
    port = f":{said['PORT']}" if said["PORT"] else ""
    # A socket's folder is a host as well.
    return f"postgres://{account}{quote(said['HOST'] or '', safe='')}{port}/{name}"
