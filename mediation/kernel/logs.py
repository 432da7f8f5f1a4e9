"""What must not stand in a log."""

import logging
import re


class HideSecrets(logging.Filter):
    """Write "…" in place of what ``pattern`` catches in its group: an address may be a secret."""

    def __init__(self, pattern: str) -> None:
        super().__init__()
        self.pattern = re.compile(pattern)

    def filter(self, record: logging.LogRecord) -> bool:
        """Clean the message; every record passes."""
        text = record.getMessage()
        clean = self.pattern.sub(lambda found: found.group(0).replace(found.group(1), "…"), text)
        if clean != text:
            record.msg, record.args = clean, ()
        return True
