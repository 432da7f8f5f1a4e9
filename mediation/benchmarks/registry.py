"""Which benchmarks there are: one module each, named here once."""

from collections.abc import Callable, Iterable

from mediation.benchmarks import booking, messages, pages, slots
from mediation.benchmarks.figures import Figure

# Each runs in a database of its own, whose URL it is given, and yields its figures as they come.
BENCHMARKS: dict[str, Callable[[str], Iterable[Figure]]] = {
    "slots": slots.run,
    "booking": booking.run,
    "messages": messages.run,
    "pages": pages.run,
}
