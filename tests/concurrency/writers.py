"""Several writers at the same moment, each with a connection of its own."""

import threading
from collections.abc import Callable, Sequence

from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

PATIENCE = 60


def all_at_once(verbs: Sequence[Callable[[], object]]) -> list[object]:
    """Run each verb in a thread of its own, all at the same moment; return what each gave or met, as they ended."""
    start = threading.Barrier(len(verbs))
    outcomes: list[object] = []

    def run(verb: Callable[[], object]) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=PATIENCE)
            outcomes.append(verb())
        except (ValidationError, DatabaseError) as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[verb]) for verb in verbs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=PATIENCE)
    return outcomes


def at_once(verbs: Sequence[Callable[[], object]]) -> list[Exception | None]:
    """Run each verb in a transaction of its own, all at the same moment; return what each met, None where nothing."""
    outcomes = all_at_once([transaction.atomic(verb) for verb in verbs])
    return [one if isinstance(one, Exception) else None for one in outcomes]
