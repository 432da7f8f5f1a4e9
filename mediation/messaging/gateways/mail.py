"""The gateway of e-mails: whatever Django is set up to send with."""

import re
import smtplib
import socket
from datetime import datetime

from django.core.mail import EmailMultiAlternatives

from mediation.messaging.enums import AttemptState, Trouble
from mediation.messaging.gateways.base import Down, Outgoing, Receipt, Refused

FIRST_PERMANENT_CODE = 500
METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


class MailGateway:
    """E-mail; a relay that accepted it has sent it, nobody knows whether it was read."""

    name = "email"

    def send(self, outgoing: Outgoing) -> Receipt:
        """Hand the message to the relay."""
        email = EmailMultiAlternatives(
            subject=outgoing.subject,
            body=outgoing.body,
            to=[outgoing.recipient],
            # Out-of-office replies to a machine help nobody.
            headers={"Auto-Submitted": "auto-generated"},
        )
        if outgoing.calendar:
            # Readers take it for an invitation only where both say the same.
            method = METHOD.search(outgoing.calendar).group(1)
            email.attach_alternative(outgoing.calendar, f"text/calendar; method={method}")
        try:
            email.send()
        except smtplib.SMTPRecipientsRefused as error:
            code, problem = next(iter(error.recipients.values()))
            trouble = Trouble.WRONG_ADDRESS if code >= FIRST_PERMANENT_CODE else Trouble.OTHER
            raise _refused(code, problem, trouble) from error
        except smtplib.SMTPResponseException as error:
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (ConnectionRefusedError, socket.gaierror) as error:
            raise Down(str(error)) from error
        return Receipt(AttemptState.SENT)

    def find(self, outgoing: Outgoing, since: datetime) -> Receipt | None:
        """Say that nobody can tell: a relay keeps no list that we may read."""
        raise Down("An e-mail relay cannot say what it took.")

    def forget(self, provider_id: str) -> None:
        """Do nothing: a relay keeps no text once it has passed it on."""


class ConsoleMailGateway(MailGateway):
    """The same where Django writes e-mails on this machine instead of sending them."""

    name = "console"


def _refused(code: int, problem: bytes | str, trouble: Trouble = Trouble.OTHER) -> Refused:
    text = problem.decode(errors="replace") if isinstance(problem, bytes) else problem
    return Refused(f"{code} {text}", is_temporary=code < FIRST_PERMANENT_CODE, trouble=trouble)
