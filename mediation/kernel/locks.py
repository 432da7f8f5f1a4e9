"""Make writers wait for each other about something that has no row of its own to lock."""

from django.db import connection


def lock_names(*names: str) -> None:
    """Make others who lock one of these names wait until this transaction ends.

    In order, so that two who want the same two never wait for each other. SQLite needs nothing: our transactions
    there take the only right to write when they begin (IMMEDIATE).
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        for name in sorted(set(names)):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
