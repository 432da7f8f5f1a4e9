"""What a text gives with the longest real values: what it says, what it costs, and what is wrong with it."""

import datetime as dt
import re
from dataclasses import dataclass, replace
from string import Formatter

from django.conf import settings
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directory.enums import Language
from mediation.kernel import formats
from mediation.kernel.gsm7 import count_characters, count_parts, is_gsm7, room, transliterate
from mediation.messaging.enums import ANSWERS, ONLY_BY_SMS, Medium, MessageKind
from mediation.messaging.wording import opening
from mediation.messaging.wording.rendering import LATIN, as_sms
from mediation.messaging.wording.texts import TEXTS, Form, TextKey, placeholders
from mediation.messaging.wording.values import values
from mediation.messaging.wording.words import Words

LONGEST_REFUSAL = gettext_lazy(
    "Ce rendez-vous est trop proche pour changer d’horaire ici : appelez-nous, nous chercherons ensemble."
)
ALWAYS = {"service", "telephone"}
OF_AN_OCCASION = {"jour", "heure", "lieu", "reference"}
# What a message may not leave out where the product says it.
NEEDED = {"telephone", "jour", "heure", "limite", "jour3", "heure3", "jour4", "heure4", "ticket"}
OF_NO_OCCASION = {*ANSWERS, *ONLY_BY_SMS, MessageKind.NEW_TIMES, MessageKind.ACKNOWLEDGED}
LINK = re.compile(r"https?:|www\.|\b[\w-]+\.(?:fr|com|org|net|eu|info)\b", re.IGNORECASE)
ASKS_FOR_REPLY = re.compile(r"\brépond|\btapez\b", re.IGNORECASE)
TOMORROW = {
    Language.FR: "demain",
    Language.FR_SIMPLE: "demain",
    Language.EN: "tomorrow",
    Language.ES: "mañana",
    Language.PT: "amanhã",
    Language.AR: "غدا",
    Language.UK: "завтра",
}
LABELS: dict[str, Promise] = {
    "service": gettext_lazy("le nom de l’expéditeur"),
    "telephone": gettext_lazy("le numéro à appeler"),
    "jour": gettext_lazy("le jour"),
    "heure": gettext_lazy("l’heure"),
    "lieu": gettext_lazy("le lieu"),
    "reference": gettext_lazy("la référence à huit chiffres"),
    "limite": gettext_lazy("jusqu’à quand répondre"),
    "jour3": gettext_lazy("le jour du premier choix (touche 3)"),
    "heure3": gettext_lazy("l’heure du premier choix"),
    "jour4": gettext_lazy("le jour du second choix (touche 4)"),
    "heure4": gettext_lazy("l’heure du second choix"),
    "lieu3": gettext_lazy("le lieu du premier choix"),
    "lieu4": gettext_lazy("le lieu du second choix"),
    "horaires": gettext_lazy("quand le lieu est ouvert"),
    "horaires3": gettext_lazy("quand le premier lieu est ouvert"),
    "horaires4": gettext_lazy("quand le second lieu est ouvert"),
    "numero": gettext_lazy("le téléphone du lieu"),
    "numero3": gettext_lazy("le téléphone du premier lieu"),
    "numero4": gettext_lazy("le téléphone du second lieu"),
    "explication": gettext_lazy("pourquoi c’est refusé"),
    "ticket": gettext_lazy("le numéro du ticket"),
    "rdv": gettext_lazy("le mot à envoyer pour prendre rendez-vous"),
    "lieux": gettext_lazy("le mot à envoyer pour trouver un lieu"),
    "changer": gettext_lazy("le mot à envoyer pour changer d’horaire"),
    "annuler": gettext_lazy("le mot à envoyer pour annuler"),
    "rappel": gettext_lazy("le mot à envoyer pour être rappelé"),
    "autre": gettext_lazy("le mot à envoyer pour d’autres choix"),
}


@dataclass(frozen=True)
class Sample:
    """What a text gives. ``replaced`` are characters that leave as others, ``left`` is how many more it may have.

    A text in full sentences has no parts.
    """

    text: str
    parts: int = 0
    length: int = 0
    left: int = 0
    is_gsm7: bool = True
    replaced: tuple[tuple[str, str], ...] = ()


def allowed(key: TextKey) -> list[str]:
    """Return the names that a text may use, in the order in which pages tell them."""
    of_kind = OF_AN_OCCASION if key.kind not in OF_NO_OCCASION else set()
    known = ALWAYS | of_kind | placeholders(str(TEXTS[key]))
    return [name for name in LABELS if name in known]


def longest_values(key: TextKey, language: str, place: str) -> dict[str, str]:
    """Return the longest value of each name: a day and an hour that take much room, the longest place."""
    when = dt.datetime(2026, 9, 30, 14, 30, tzinfo=timezone.get_default_timezone())
    two = key.is_answered
    # A week earlier is as long.
    words = Words(
        starts_at=when,
        place=place,
        reference="48210733",
        is_workshop=key.is_workshop,
        answer_before=when - dt.timedelta(days=7),
        options=(when - dt.timedelta(days=7), when),
        places=(place, place) if two else (),
        phones=(formats.phone(settings.NETWORK_PHONE),) * (2 if two else 1),
        ticket="128",
    )
    with translation.override(language):
        hours = opening.open_today([(when, when), (when, when)], language)
        words = replace(words, hours=(hours,) * len(words.phones), explanation=str(LONGEST_REFUSAL))
        return values(key.kind, Medium.SMS if key.form == Form.SHORT else Medium.EMAIL, words, language)


def sample(key: TextKey, language: str, text: str, place: str) -> Sample:
    """Return what ``text`` gives; only for a text that is well formed (``gives``)."""
    filled = text.format(**longest_values(key, language, place))
    if key.form == Form.LONG:
        return Sample(filled)
    sent = as_sms(filled, language)
    parts, length = count_parts(sent), count_characters(sent)
    return Sample(
        text=sent,
        parts=parts,
        length=length,
        left=room(sent, parts) - length,
        is_gsm7=is_gsm7(sent),
        replaced=_replaced(filled, language),
    )


def gives(key: TextKey, language: str, text: str, place: str) -> Sample | None:
    """Return what a text that somebody is writing gives, or None where it cannot be filled in."""
    return sample(key, language, text, place) if text and not _ill_formed(key, text) else None


def faults(key: TextKey, language: str, text: str, place: str) -> list[str]:
    """Return what must be mended before a city may say this, in words."""
    if ill := _ill_formed(key, text):
        return [ill]
    used = placeholders(text)
    found = [*_missing(key, used), *_forbidden(key, language, text)]
    return found or _too_long(key, language, text, place)


def _ill_formed(key: TextKey, text: str) -> str:
    """Say what keeps a text from being filled in at all; empty where nothing does."""
    try:
        fields = [(name, spec, cast) for _text, name, spec, cast in Formatter().parse(text) if name is not None]
    except ValueError:
        return _("Une accolade est ouverte ou fermée seule : les valeurs s’écrivent entre deux accolades, {jour}.")
    known = set(allowed(key))
    if strange := [name for name, spec, cast in fields if name not in known or spec or cast]:
        names = ", ".join(f"{{{name}}}" for name in strange)
        return _("%(names)s n’existe pas pour ce message : choisissez dans la liste.") % {"names": names}
    return ""


def _missing(key: TextKey, used: set[str]) -> list[str]:
    wanted = NEEDED & placeholders(str(TEXTS[key]))
    return [
        _("Il manque %(label)s : ajoutez %(name)s.") % {"label": LABELS[name], "name": f"{{{name}}}"}
        for name in LABELS
        if name in wanted - used
    ]


def _forbidden(key: TextKey, language: str, text: str) -> list[str]:
    found = []
    if LINK.search(text):
        found.append(_("Pas d’adresse Internet dans un message : on apprend aux gens à s’en méfier."))
    if TOMORROW[Language(language)] in text.lower():
        found.append(_("Un message lu un autre jour dirait faux : donnez la date, jamais « demain »."))
    if not key.is_answered and key.kind not in ANSWERS and ASKS_FOR_REPLY.search(text):
        found.append(_("Personne ne recevrait la réponse à ce texte : n’en demandez pas."))
    return found


def _too_long(key: TextKey, language: str, text: str, place: str) -> list[str]:
    """French fits one part, or as many as ours takes for two long places; what other languages cost is shown."""
    if key.form != Form.SHORT or language != Language.FR:
        return []
    given, ours = sample(key, language, text, place), sample(key, language, str(TEXTS[key]), place)
    if given.parts <= ours.parts:
        return []
    if not given.is_gsm7:
        strange = " ".join(dict.fromkeys(character for character in given.text if not is_gsm7(character)))
        return [
            _("%(strange)s ne passe pas dans un SMS simple : sans cela, le texte coûterait %(parts)s SMS.")
            % {"strange": strange, "parts": given.parts}
        ]
    return [
        _("Avec les valeurs les plus longues, ce texte fait %(parts)s SMS : retirez %(count)s caractères.")
        % {"parts": given.parts, "count": given.length - room(given.text, ours.parts)}
    ]


def _replaced(text: str, language: str) -> tuple[tuple[str, str], ...]:
    if language not in LATIN:
        return ()
    pairs = ((character, transliterate(character)) for character in dict.fromkeys(text))
    return tuple((before, after) for before, after in pairs if before != after)
