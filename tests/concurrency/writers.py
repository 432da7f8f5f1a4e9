"""Several writers at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.db import DatabaseError, connection, transaction

PATIENCE = 30


def at_once(verbs: Sequence[Callable[[], object]]) -> list[DatabaseError | None]:
    """Run each verb in a transaction of its own, all at the same moment; return what each met."""
    start = threading.Barrier(len(verbs))
    outcomes: list[DatabaseError | None] = []

    def run(verb: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=PATIENCE)
            with transaction.atomic():
                verb()
            outcomes.append(None)
        except DatabaseError as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes
