"""How somebody is reached: as they wish, else by what their numbers and addresses receive."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from directory.enums import Channel
from directory.models import Beneficiary
from mediation.kernel.phones import is_mobile
from mediation.messaging.enums import Medium
from mediation.messaging.models import Line


@dataclass(frozen=True)
class Way:
    """How somebody is reached; ``refusal`` says why nothing may or can be sent."""

    medium: Medium
    recipient: str
    refusal: str = ""


def way_to_reach(beneficiary: Beneficiary) -> Way:
    """Choose how to reach somebody: as they wish; else a text message, an e-mail, or a call by an agent."""
    way = _chosen_way(beneficiary)
    if beneficiary.preferred_channel == Channel.NONE:
        return Way(way.medium, way.recipient, _("Ne souhaite aucun message."))
    if not way.recipient:
        return Way(way.medium, way.recipient, _("Ni téléphone ni adresse e-mail."))
    if Line.objects.filter(recipient=way.recipient, refuses_since__isnull=False).exists():
        return Way(way.medium, way.recipient, _("Ce numéro ne veut plus recevoir de messages."))
    return way


def _chosen_way(person: Beneficiary) -> Way:
    by_sms = Way(Medium.SMS, person.phone) if is_mobile(person.phone) else None
    by_email = Way(Medium.EMAIL, person.email) if person.email else None
    by_call = Way(Medium.CALL_LIST, person.phone)
    match person.preferred_channel:
        case Channel.VOICE | Channel.LETTER:
            wishes = (by_call if person.phone else None, by_email)
        case Channel.EMAIL:
            wishes = (by_email, by_sms)
        case _:
            wishes = (by_sms, by_email)
    return next((way for way in wishes if way), by_call)
