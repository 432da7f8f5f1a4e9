"""What stays of people in each app, and how it forgets them: every app names its own in ``AppConfig.ready``.

Whoever erases a file asks all of them, and never learns what an appointment is. People are named by the key of their
file.
"""

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Protocol, cast


class Traces(Protocol):
    """What one app keeps of people: a module of its services."""

    def seen_since(self, people: Collection[int], since: dt.datetime) -> set[int]:
        """Return those of ``people`` of whom something happened since then, is under way or is still to come."""
        ...

    def erase(self, people: Collection[int]) -> None:
        """Empty whatever says who these people are, or was written about them; what is counted stays."""
        ...


@dataclass
class AllTraces:
    """The traces of an installation, by dotted path of their modules."""

    paths: list[str] = field(default_factory=list)

    def add(self, path: str) -> None:
        """Have the module at ``path`` (read once models are loaded) asked; naming it twice changes nothing."""
        if path not in self.paths:
            self.paths.append(path)

    def __iter__(self) -> Iterator[Traces]:
        return (cast(Traces, import_module(path)) for path in self.paths)


TRACES = AllTraces()
