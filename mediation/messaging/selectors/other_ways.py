"""How else somebody may be told: what they have, and what makes sense."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from directory.enums import Channel
from directory.models import Beneficiary
from mediation.kernel import formats
from mediation.kernel.phones import is_mobile
from mediation.messaging.enums import CALLABLE_BACK, ONLY_BY_SMS, TERMINAL, AttemptState, Medium
from mediation.messaging.models import Line, Message
from mediation.messaging.schedule import BY_POST, soon
from mediation.messaging.selectors.standing import moment
from mediation.messaging.selectors.ways import letter_address

CLOSABLE = (*CALLABLE_BACK, AttemptState.UNKNOWN, *TERMINAL)


@dataclass(frozen=True)
class OtherWay:
    """One way, to which number or address, and what will happen."""

    medium: Medium
    recipient: str
    says: str

    @property
    def label(self) -> str:
        """The way and the number, as somebody chooses it."""
        if self.medium == Medium.LETTER:
            return str(_("Lettre"))
        words = {
            Medium.SMS: _("SMS au %(to)s"),
            Medium.VOICE: _("Appel automatique au %(to)s"),
            Medium.EMAIL: _("E-mail à %(to)s"),
            Medium.CALL_LIST: _("Quelqu’un appelle le %(to)s"),
        }
        # A number that is cut in two is read wrong.
        return words[self.medium] % {"to": formats.phone(self.recipient).replace(" ", formats.NO_BREAK)}


def other_ways(message: Message, now: dt.datetime) -> list[OtherWay]:
    """Return how else a message (``for_pages``) may be said, the quickest first; none where it means nothing any more.

    Nothing while an operator has it in its hands, and nothing that its person refuses, save a call by somebody.
    """
    is_over = message.voided_at is not None or message.useless_after <= now or message.state not in CLOSABLE
    if is_over or message.beneficiary is None or message.kind in ONLY_BY_SMS:
        return []
    said_to = message.last_recipient or message.recipient
    wishes_none = message.beneficiary.preferred_channel == Channel.NONE
    return [
        OtherWay(medium, recipient, _what_happens(medium, message, now))
        for medium, recipient in _on_file(message.beneficiary, now, message.useless_after)
        if (medium, recipient) != (message.last_medium, said_to) and (medium == Medium.CALL_LIST or not wishes_none)
    ]


def _on_file(person: Beneficiary, now: dt.datetime, useless_after: dt.datetime) -> list[tuple[Medium, str]]:
    """Return the ways that reach somebody in time, by what is known of their lines."""
    lines = {line.recipient: line for line in Line.objects.filter(recipient__in=[person.phone, person.email])}
    phone, email = lines.get(person.phone), lines.get(person.email)
    rings = bool(person.phone) and not (phone and phone.is_wrong_since)
    is_told = rings and not (phone and phone.refuses_since)
    reads = bool(person.email) and not (email and (email.is_wrong_since or email.refuses_since))
    ways = [
        (Medium.SMS, person.phone, is_told and is_mobile(person.phone) and not (phone and phone.no_sms_since)),
        (Medium.VOICE, person.phone, is_told and bool(settings.VOICE_GATEWAYS)),
        (Medium.EMAIL, person.email, reads),
        (Medium.CALL_LIST, person.phone, rings),
        (Medium.LETTER, letter_address(person), bool(letter_address(person)) and useless_after - now > BY_POST),
    ]
    return [(medium, recipient) for medium, recipient, is_possible in ways if is_possible]


def _what_happens(medium: Medium, message: Message, now: dt.datetime) -> str:
    match medium:
        case Medium.VOICE:
            when = soon(now, message.useless_after, medium)
            return _("Le téléphone sonnera %(when)s.") % {
                "when": _("dans un instant") if when <= now else moment(when, now)
            }
        case Medium.CALL_LIST:
            return _("Il entre dans les appels à faire, avec ce qu’il faut dire.")
        case Medium.LETTER:
            return _("Elle entre dans les lettres à imprimer. Comptez quatre jours de poste.")
        case Medium.SMS:
            return _("Il part dans un instant, dans les mots du SMS.")
        case _:
            return _("Il part dans un instant, en phrases entières.")
