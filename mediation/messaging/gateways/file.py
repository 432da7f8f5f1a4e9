"""A gateway for places without operator: text messages go to a file, and to the console of whoever watches."""

import json
import logging
import os
import stat
from datetime import datetime

from django.conf import settings
from django.utils import timezone

from mediation.messaging.enums import AttemptState
from mediation.messaging.gateways.base import Down, Outgoing, Receipt

logger = logging.getLogger("mediation.messages")


class FileGateway:
    """One line of JSON for each message in MESSAGES_LOG, readable by this service's account only."""

    name = "file"

    def send(self, outgoing: Outgoing) -> Receipt:
        """Append the message; a line that was written is all that this gateway can do."""
        line = json.dumps(
            {
                "at": timezone.now().isoformat(timespec="seconds"),
                "reference": outgoing.reference,
                "medium": outgoing.medium,
                "recipient": outgoing.recipient,
                "body": outgoing.body,
            },
            ensure_ascii=False,
        )
        try:
            self._append(line)
        except OSError as error:
            raise Down(str(error)) from error
        logger.info("%s → %s", outgoing.body, outgoing.recipient)
        return Receipt(AttemptState.DELIVERED, provider_id=outgoing.reference)

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Read the log: a line of this reference was written whole, or not at all."""
        marker = json.dumps(outgoing.reference)
        try:
            with settings.MESSAGES_LOG.open() as log:
                is_written = any(marker in line and json.loads(line)["reference"] == outgoing.reference for line in log)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise Down(str(error)) from error
        return Receipt(AttemptState.DELIVERED, provider_id=outgoing.reference) if is_written else None

    def forget(self, provider_id: str) -> None:
        """Do nothing: the file is this machine's own, no operator keeps a copy."""

    def _append(self, line: str) -> None:
        settings.MESSAGES_LOG.parent.mkdir(parents=True, exist_ok=True)
        # One write of one line in append mode: two workers never mix their lines.
        descriptor = os.open(settings.MESSAGES_LOG, os.O_WRONLY | os.O_CREAT | os.O_APPEND, stat.S_IRUSR | stat.S_IWUSR)
        try:
            os.write(descriptor, f"{line}\n".encode())
        finally:
            os.close(descriptor)
