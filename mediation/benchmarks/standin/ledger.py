"""What the stand-in took: the truth that ours is compared with."""

import threading
from collections import Counter
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any


@dataclass
class Taken:
    """One message or call that was accepted, whatever its sender was told."""

    operator: str
    kind: str
    sid: str
    to: str
    sender: str
    body: str
    reference: str
    callback_url: str = ""
    validity: int | None = None
    status: str = "queued"
    error_code: int | None = None
    created_at: datetime = field(default_factory=lambda: datetime.now(UTC))

    def to_json(self) -> dict[str, Any]:
        """Return it as the control address tells it."""
        return asdict(self) | {"created_at": self.created_at.isoformat()}


class Ledger:
    """Everything that was taken, in its order; used by all threads of the server."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken: list[Taken] = []

    def add(self, taken: Taken) -> None:
        """Write down one more."""
        with self._lock:
            self._taken.append(taken)

    def all(self) -> list[Taken]:
        """Return what was taken so far, the oldest first."""
        with self._lock:
            return list(self._taken)

    def to(self, number: str, operator: str, kind: str) -> list[Taken]:
        """Return what an operator took for a number, the newest first, as its lists do."""
        return [one for one in reversed(self.all()) if (one.to, one.operator, one.kind) == (number, operator, kind)]

    def by_sid(self, sid: str) -> Taken | None:
        """Return one by the operator's name for it."""
        return next((one for one in self.all() if one.sid == sid), None)

    def counts(self) -> Counter[tuple[str, str, str]]:
        """Count what was taken by (number, text, our reference): "exactly once" is 1 everywhere."""
        return Counter((one.to, one.body, one.reference) for one in self.all())

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._taken.clear()
