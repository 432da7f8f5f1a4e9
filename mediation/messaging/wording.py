"""What messages say. Never the démarche, the person's name or a link: telephones are shared.

Each message has two forms: ``SHORT``, one SMS part of GSM-7 even with the longest real values, and ``LONG``, the
same in full sentences, for an e-mail or to read out on the telephone. The sender cannot receive: no "répondez".
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from mediation.kernel import formats
from mediation.kernel.gsm7 import transliterate
from mediation.messaging.enums import Medium, MessageKind


@dataclass(frozen=True)
class Words:
    """What a message may say of its occasion: when, where (a name that fits a message), under which reference.

    ``answer_before`` is the end of an offer. ``is_workshop`` tells an inscription from a rendez-vous. Of a request for
    help, ``starts_at`` is the day by which somebody calls back.
    """

    starts_at: dt.datetime
    place: str
    reference: str = ""
    is_workshop: bool = False
    answer_before: dt.datetime | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the values as the ledger keeps them, to say the same by another way."""
        return {
            "starts_at": self.starts_at.isoformat(),
            "place": self.place,
            "reference": self.reference,
            "is_workshop": self.is_workshop,
            "answer_before": self.answer_before.isoformat() if self.answer_before else None,
        }

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Words":
        """Return the values that the ledger kept."""
        before = kept["answer_before"]
        return cls(
            starts_at=dt.datetime.fromisoformat(kept["starts_at"]),
            place=kept["place"],
            reference=kept["reference"],
            is_workshop=kept["is_workshop"],
            answer_before=dt.datetime.fromisoformat(before) if before else None,
        )


APPOINTMENT_SHORT: dict[str, Promise] = {
    MessageKind.BOOKED: _("{sender}: RDV {day} à {hour}, {place}. Réf. {reference}. Pour annuler: {phone}"),
    MessageKind.MOVED: _("{sender}: RDV déplacé au {day} à {hour}, {place}. Réf. {reference}. Pour annuler: {phone}"),
    MessageKind.REMINDER: _("Rappel {sender}: RDV {day} à {hour}, {place}. Pour changer ou annuler: {phone}"),
    MessageKind.EXCUSED: _(
        "{sender}: RDV du {day} à {hour} annulé. Si c'est une erreur, ou pour un autre horaire, appelez le {phone}"
    ),
    MessageKind.CANCELLED: _(
        "{sender}: nous devons annuler votre RDV du {day} à {hour}. "
        "Pour un autre horaire, appelez le {phone}. Toutes nos excuses."
    ),
    MessageKind.EARLIER_OFFERED: _(
        "{sender}: RDV possible plus tôt, {day} à {hour}, {place}. Appelez avant {deadline}: {phone}"
    ),
    MessageKind.ACKNOWLEDGED: _(
        "{sender}: demande reçue, numéro {reference}. Nous vous rappelons {day} au plus tard. Une question: {phone}"
    ),
}
WORKSHOP_SHORT: dict[str, Promise] = {
    MessageKind.REGISTERED: _(
        "{sender}: atelier {day} à {hour}, {place}. Place réservée, réf. {reference}. Annuler: {phone}"
    ),
    MessageKind.MOVED: _("{sender}: atelier déplacé au {day} à {hour}, {place}. Réf. {reference}. Annuler: {phone}"),
    MessageKind.REMINDER: _("Rappel {sender}: atelier {day} à {hour}, {place}. Si vous ne venez pas: {phone}"),
    MessageKind.WAITING: _(
        "{sender}: liste d'attente, atelier {day} à {hour}, {place}. Nous vous préviendrons. {phone}"
    ),
    MessageKind.SEAT_OFFERED: _(
        "{sender}: une place à l'atelier {day} {hour}, {place}. Appelez avant {deadline}: {phone}"
    ),
    MessageKind.EXCUSED: _(
        "{sender}: atelier du {day} à {hour}, inscription annulée. Si c'est une erreur, appelez le {phone}"
    ),
    MessageKind.CANCELLED: _(
        "{sender}: nous devons annuler l'atelier du {day} à {hour}. "
        "Pour une autre date, appelez le {phone}. Toutes nos excuses."
    ),
}
APPOINTMENT_LONG: dict[str, Promise] = {
    MessageKind.BOOKED: _(
        "Vous avez rendez-vous {long_day} à {long_hour}, {place}. Votre référence : {reference}. "
        "Pour changer l’horaire ou annuler, appelez le {phone}."
    ),
    MessageKind.MOVED: _(
        "Votre rendez-vous est déplacé : c’est maintenant {long_day} à {long_hour}, {place}. "
        "Votre référence reste {reference}. Si cela ne vous convient pas, appelez le {phone}."
    ),
    MessageKind.REMINDER: _(
        "Nous vous rappelons votre rendez-vous {long_day} à {long_hour}, {place}. "
        "Si vous ne pouvez pas venir, appelez le {phone} : quelqu’un d’autre prendra la place."
    ),
    MessageKind.EXCUSED: _(
        "Votre rendez-vous du {long_day} à {long_hour} est annulé, comme vous l’avez demandé. "
        "Si c’est une erreur, ou pour un autre horaire, appelez le {phone}."
    ),
    MessageKind.CANCELLED: _(
        "Nous devons annuler votre rendez-vous du {long_day} à {long_hour}, et nous vous prions de nous en excuser. "
        "Pour choisir un autre horaire, appelez le {phone}."
    ),
    MessageKind.EARLIER_OFFERED: _(
        "Un rendez-vous plus tôt est possible : {long_day} à {long_hour}, {place}. "
        "Nous vous gardons cet horaire jusqu’au {long_deadline}. Pour le prendre, appelez le {phone}. "
        "Sans réponse, votre rendez-vous actuel ne change pas."
    ),
    MessageKind.ACKNOWLEDGED: _(
        "Votre demande d’aide est bien reçue, sous le numéro {reference}. "
        "Quelqu’un vous rappelle au plus tard {long_day}. Une question ? Appelez le {phone}."
    ),
}
WORKSHOP_LONG: dict[str, Promise] = {
    MessageKind.REGISTERED: _(
        "Une place vous est réservée à l’atelier du {long_day} à {long_hour}, {place}. "
        "Votre référence : {reference}. Si vous ne pouvez pas venir, appelez le {phone}."
    ),
    MessageKind.MOVED: _(
        "L’atelier où vous êtes inscrit change : c’est maintenant {long_day} à {long_hour}, {place}. "
        "Votre référence reste {reference}. Si cela ne vous convient pas, appelez le {phone}."
    ),
    MessageKind.REMINDER: _(
        "Nous vous rappelons l’atelier du {long_day} à {long_hour}, {place}. "
        "Si vous ne pouvez pas venir, appelez le {phone} : quelqu’un d’autre prendra la place."
    ),
    MessageKind.WAITING: _(
        "L’atelier du {long_day} à {long_hour}, {place}, est complet : vous êtes sur la liste d’attente. "
        "Nous vous préviendrons si une place se libère. Une question ? Appelez le {phone}."
    ),
    MessageKind.SEAT_OFFERED: _(
        "Une place s’est libérée à l’atelier du {long_day} à {long_hour}, {place}. "
        "Nous vous la gardons jusqu’au {long_deadline}. Pour la prendre, appelez le {phone}."
    ),
    MessageKind.EXCUSED: _(
        "Votre inscription à l’atelier du {long_day} à {long_hour} est annulée, comme vous l’avez demandé. "
        "Si c’est une erreur, appelez le {phone}."
    ),
    MessageKind.CANCELLED: _(
        "Nous devons annuler l’atelier du {long_day} à {long_hour}, et nous vous prions de nous en excuser. "
        "Pour une autre date, appelez le {phone}."
    ),
}
LETTER = _("Bonjour,\n\n{text}\n\n{network}\n{phone}\n")
SUBJECTS: dict[str, Promise] = {
    MessageKind.BOOKED: _("Votre rendez-vous"),
    MessageKind.MOVED: _("Nouvel horaire"),
    MessageKind.EARLY_REMINDER: _("Rappel"),
    MessageKind.REMINDER: _("Rappel"),
    MessageKind.EXCUSED: _("Annulation confirmée"),
    MessageKind.CANCELLED: _("Annulation de notre part"),
    MessageKind.REGISTERED: _("Votre inscription"),
    MessageKind.WAITING: _("Vous êtes sur la liste d’attente"),
    MessageKind.SEAT_OFFERED: _("Une place s’est libérée"),
    MessageKind.EARLIER_OFFERED: _("Un horaire plus tôt"),
    MessageKind.ACKNOWLEDGED: _("Votre demande d’aide"),
    MessageKind.NEW_TIMES: _("D’autres horaires"),
    MessageKind.CONFIRMED: _("C’est noté"),
    MessageKind.STOPPED: _("Plus de messages"),
    MessageKind.STARTED: _("À nouveau des messages"),
    MessageKind.HELP: _("Comment répondre"),
    MessageKind.WHICH: _("Une précision"),
    MessageKind.NOT_UNDERSTOOD: _("Votre réponse"),
}


def render(kind: MessageKind, medium: Medium, words: Words) -> str:
    """Return the text of a message in French: an SMS of one part, an e-mail, or what to say on the telephone."""
    with translation.override(Language.FR):
        if medium == Medium.SMS:
            return transliterate(_template(kind, words, APPOINTMENT_SHORT, WORKSHOP_SHORT).format(**_values(words)))
        values = _values(words)
        text = _template(kind, words, APPOINTMENT_LONG, WORKSHOP_LONG).format(**values)
        return (
            str(LETTER).format(text=text, network=settings.NETWORK_NAME, **values) if medium == Medium.EMAIL else text
        )


def subject(kind: MessageKind) -> str:
    """Return the subject of an e-mail: it shows on a locked screen, so it says no more than a text message."""
    with translation.override(Language.FR):
        return f"{SUBJECTS[kind]} · {settings.NETWORK_NAME}"


def _template(kind: MessageKind, words: Words, appointment: dict[str, Promise], workshop: dict[str, Promise]) -> str:
    return str((workshop if words.is_workshop else appointment)[kind])


def _values(words: Words) -> dict[str, str]:
    values = {
        "sender": settings.NETWORK_SENDER,
        "phone": settings.NETWORK_PHONE,
        "place": words.place,
        "reference": formats.reference(words.reference),
        "day": formats.short_day(words.starts_at),
        "hour": _short_hour(words.starts_at),
        "long_day": formats.long_day(words.starts_at),
        "long_hour": formats.hour(words.starts_at),
    }
    if words.answer_before:
        weekday = formats.short_day(words.answer_before).split()[0]
        values["deadline"] = f"{weekday} {_short_hour(words.answer_before)}"
        values["long_deadline"] = f"{formats.long_day(words.answer_before)}, {formats.hour(words.answer_before)}"
    return values


def _short_hour(instant: dt.datetime) -> str:
    """Return "14h30" or "14h": spaces cost characters."""
    return formats.hour(instant).replace(formats.NO_BREAK, "")
