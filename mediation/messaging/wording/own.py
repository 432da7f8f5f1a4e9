"""The city's own texts, read from the database once in a while: a message must not cost a query more."""

import time

from mediation.messaging.enums import MessageKind
from mediation.messaging.models import OwnWording
from mediation.messaging.wording.texts import TextKey

SECONDS = 5


class _Memory:
    """What this process read last, and when."""

    texts: dict[tuple[TextKey, str], str]
    until = 0.0


def own_text(key: TextKey, language: str) -> str | None:
    """Return the city's own text, or None where the product's stands."""
    if time.monotonic() >= _Memory.until:
        _Memory.texts, _Memory.until = _read(), time.monotonic() + SECONDS
    return _Memory.texts.get((key, language))


def forget() -> None:
    """Read again before the next message: something was just changed."""
    _Memory.until = 0.0


def _read() -> dict[tuple[TextKey, str], str]:
    return {(key_of(row), row.language): row.text for row in OwnWording.objects.all()}


def key_of(row: OwnWording) -> TextKey:
    """Return which text a row replaces."""
    return TextKey(MessageKind(row.kind), row.form, row.is_workshop, row.is_answered)
