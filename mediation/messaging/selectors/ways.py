"""How somebody is reached: as they wish, else by what their numbers and addresses receive."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from directory.enums import Channel
from directory.models import Beneficiary
from mediation.kernel.phones import is_mobile
from mediation.kernel.questions import asked_often
from mediation.messaging.enums import Medium
from mediation.messaging.models import Line

LONGEST_RECIPIENT = 254
BY_MESSAGE = (Medium.SMS, Medium.VOICE, Medium.EMAIL)


@dataclass(frozen=True)
class Way:
    """How somebody is reached; ``refusal`` says why nothing may or can be sent."""

    medium: Medium
    recipient: str
    refusal: str = ""

    @property
    def is_message(self) -> bool:
        """Whether somebody is told within the hour, without anybody of the network doing anything."""
        return self.medium in BY_MESSAGE and not self.refusal


def way_to_reach(beneficiary: Beneficiary) -> Way:
    """Choose how to reach somebody: see ``ways_to_reach``."""
    return ways_to_reach([beneficiary])[beneficiary.pk]


def ways_to_reach(people: Iterable[Beneficiary]) -> dict[int, Way]:
    """Choose, in one query, how to reach each of these people, by their key.

    Their choice and a refusal win over everything. A mobile gets a text message, a telephone at home (or a number that
    proved to receive no SMS) a call: by the machine where one is set up, else, or where they chose so, by a person.
    Without telephone an e-mail, without either a letter.
    """
    people = list(people)
    addresses = {address for person in people for address in (person.phone, person.email) if address}
    lines = {line.recipient: line for line in _lines(recipients=list(addresses))}
    return {person.pk: _way(person, lines) for person in people}


@asked_often
def _lines(*, recipients: Any) -> QuerySet:
    return Line.objects.filter(recipient__in=recipients).order_by()


def letter_address(person: Beneficiary) -> str:
    """Return the postal address in one line, so that people of one home get one letter; "" where it is unknown."""
    return ", ".join(line.strip() for line in person.postal_address.splitlines() if line.strip())[:LONGEST_RECIPIENT]


def _way(person: Beneficiary, lines: dict[str, Line]) -> Way:
    way = next((way for way in _wishes(person, lines) if way.recipient), Way(Medium.CALL_LIST, ""))
    if person.preferred_channel == Channel.NONE:
        return Way(way.medium, way.recipient, _("Ne souhaite aucun message."))
    if not way.recipient:
        return Way(way.medium, way.recipient, _("Ni téléphone, ni adresse e-mail, ni adresse postale."))
    line = lines.get(way.recipient)
    # Who refuses text messages may still be called by somebody who speaks to them.
    if line and line.refuses_since and way.medium != Medium.CALL_LIST:
        return Way(way.medium, way.recipient, _("Ce numéro ne veut plus recevoir de messages."))
    return way


def _wishes(person: Beneficiary, lines: dict[str, Line]) -> list[Way]:
    """Return the ways to somebody, the best first; one without recipient cannot be gone."""
    line = lines.get(person.phone)
    has_sms = is_mobile(person.phone) and not (line and line.no_sms_since)
    is_gone = bool(line and line.is_wrong_since)
    sms = Way(Medium.SMS, person.phone if has_sms and not is_gone else "")
    voice = Way(Medium.VOICE, person.phone if settings.VOICE_GATEWAYS and not is_gone else "")
    person_calls = Way(Medium.CALL_LIST, person.phone)
    email = Way(Medium.EMAIL, person.email)
    letter = Way(Medium.LETTER, letter_address(person))
    calls = [voice, person_calls]
    match person.preferred_channel:
        case Channel.VOICE:
            return [*calls, email, letter]
        case Channel.PERSON:
            return [person_calls, email, letter]
        case Channel.LETTER:
            return [letter, *calls, email]
        case Channel.EMAIL:
            return [email, sms, *calls, letter]
        case _:
            return [sms, voice, email, person_calls, letter]
