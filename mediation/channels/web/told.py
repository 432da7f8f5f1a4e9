"""Whether and how a message leaves for what has just been booked or moved, as the resident's page says it."""

import datetime as dt

from django.utils import timezone
from django.utils.translation import gettext as _

from helpdesk.models import Appointment
from mediation.accounts.actor import Door
from mediation.channels.web.holdings import Held
from mediation.kernel import formats
from mediation.messaging.enums import AttemptState, Medium, MessageKind
from mediation.messaging.gateways import STAYS_HERE, gateway_for
from mediation.messaging.models import Message

FIRST_WORDS = (MessageKind.BOOKED, MessageKind.MOVED, MessageKind.REGISTERED, MessageKind.WAITING)
JUST_NOW = dt.timedelta(hours=1)
# "06 39": its owner knows it by that. The last four open the appointment, so no page shows them.
SHOWN = 5


def message_in_words(held: Held) -> str:
    """Return one sentence. It is the same where no number was given and where the number refuses messages."""
    written = Message.objects.about(f"{held.row._meta.model_name}:{held.row.uid}").for_pages()
    message = written.filter(version=held.row.version, kind__in=FIRST_WORDS).order_by("pk").first()
    if message is None or not message.recipient or message.state == AttemptState.SKIPPED:
        return _("Aucun message ne part : imprimez cette carte, ou recopiez-la.")
    if message.medium == Medium.EMAIL:
        return _("Un message part pour le confirmer.")
    number = _start_of_number(held, message.recipient)
    if message.medium == Medium.CALL_LIST:
        return _("Ce numéro ne reçoit pas de SMS : nous vous appellerons %(number)s pour le confirmer.") % {
            "number": number
        }
    if gateway_for(message.medium).name in STAYS_HERE:
        return _("L’envoi de SMS n’est pas encore branché ici : aucun message ne part.")
    return _("Un SMS part %(number)s pour le confirmer.") % {"number": number}


def _start_of_number(held: Held, recipient: str) -> str:
    """Return "au 06 39 …" to whoever has just typed it, no digit of it to whoever knows the reference and the code."""
    row = held.row
    if isinstance(row, Appointment):
        by_themselves = row.booked_through == Door.WEB and row.version == 1
        if by_themselves and timezone.now() - row.booked_at < JUST_NOW:
            return _("au %(start)s …") % {"start": formats.phone(recipient)[:SHOWN]}
    return _("à votre numéro")
