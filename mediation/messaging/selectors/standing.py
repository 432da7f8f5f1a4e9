"""Where messages stand, in words."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mediation.kernel import formats
from mediation.messaging.enums import TERMINAL, AttemptState, Medium, Trouble
from mediation.messaging.gateways import STAYS_HERE
from mediation.messaging.models import Attempt, Message
from mediation.messaging.querysets import LOOKED_FOR

ARRIVED = (AttemptState.SENT, AttemptState.DELIVERED)
STATE = AttemptState
# What is true of every way, then what a way says its own way; "{when}" is "à 14 h 32", or "le mar. 1er déc. à 9 h".
WORDS: dict[AttemptState, tuple[str | Promise, str]] = {
    STATE.CLAIMED: (gettext_lazy("Part dans un instant"), "info"),
    STATE.SENDING: (gettext_lazy("En cours d’envoi"), "info"),
    STATE.ACCEPTED: (gettext_lazy("Accepté par l’opérateur {when}"), "info"),
    STATE.SENT: (gettext_lazy("Envoyé {when}"), "ok"),
    STATE.DELIVERED: (gettext_lazy("Remis {when}"), "ok"),
    STATE.UNDELIVERED: (gettext_lazy("Non remis, {when}"), "stop"),
    STATE.FAILED: (gettext_lazy("Refusé {when}"), "stop"),
    STATE.UNKNOWN: (gettext_lazy("Sans nouvelle : nous cherchons"), "warn"),
    STATE.SKIPPED: (gettext_lazy("Non envoyé"), "plain"),
    STATE.EXPIRED: (gettext_lazy("Non envoyé : trop tard"), "plain"),
}
OWN_WORDS: dict[tuple[Medium, AttemptState], tuple[str | Promise, str]] = {
    (Medium.SMS, STATE.SENT): (gettext_lazy("Envoyé par l’opérateur {when}"), "info"),
    (Medium.SMS, STATE.DELIVERED): (gettext_lazy("Remis au téléphone {when}"), "ok"),
    (Medium.SMS, STATE.UNDELIVERED): (gettext_lazy("Pas arrivé au téléphone, {when}"), "stop"),
    (Medium.VOICE, STATE.SENDING): (gettext_lazy("Appel en cours"), "info"),
    (Medium.VOICE, STATE.ACCEPTED): (gettext_lazy("Appel confié à l’opérateur {when}"), "info"),
    (Medium.VOICE, STATE.SENT): (gettext_lazy("Appelé {when}"), "info"),
    (Medium.VOICE, STATE.DELIVERED): (gettext_lazy("Écouté au téléphone {when}"), "ok"),
    (Medium.VOICE, STATE.UNDELIVERED): (gettext_lazy("Appelé en vain {when}"), "stop"),
    (Medium.EMAIL, STATE.ACCEPTED): (gettext_lazy("Confié au serveur d’e-mails {when}"), "info"),
    (Medium.EMAIL, STATE.UNDELIVERED): (gettext_lazy("E-mail revenu {when}"), "stop"),
    (Medium.LETTER, STATE.SENT): (gettext_lazy("Postée {when}"), "ok"),
    (Medium.CALL_LIST, STATE.DELIVERED): (gettext_lazy("Dit au téléphone {when}"), "ok"),
    (Medium.CALL_LIST, STATE.UNDELIVERED): (gettext_lazy("Personne au téléphone, {when}"), "warn"),
}
# What to do about it, after what ``Trouble`` says; it says enough where nothing stands here.
ADVICE: dict[str, str | Promise] = {
    Trouble.NOT_MOBILE: gettext_lazy("Choisissez un autre moyen."),
    Trouble.OPTED_OUT: gettext_lazy("Respectez ce choix ; si c’est important, appelez."),
    Trouble.WRONG_NUMBER: gettext_lazy("Corrigez le numéro sur sa fiche, ou choisissez un autre moyen."),
    Trouble.WRONG_ADDRESS: gettext_lazy("Corrigez l’adresse sur sa fiche, ou choisissez un autre moyen."),
    Trouble.OUT_OF_REACH: gettext_lazy("Appelez plus tard, ou choisissez un autre moyen."),
    Trouble.NO_ANSWER: gettext_lazy("Appelez à une autre heure, ou choisissez un autre moyen."),
    Trouble.SLOW_DOWN: gettext_lazy("Si c’est urgent, appelez."),
    Trouble.DOWN: gettext_lazy("Si c’est urgent, appelez."),
    Trouble.TOO_MANY: gettext_lazy("Si c’est important, appelez."),
    Trouble.SPENT: gettext_lazy("Choisissez un autre moyen."),
    Trouble.OTHER: gettext_lazy("Choisissez un autre moyen."),
}


@dataclass(frozen=True)
class Standing:
    """Where a message stands: a sentence, the tone of its badge, why, and what somebody should do about it."""

    words: str
    tone: str
    reason: str = ""
    advice: str = ""


def standing(message: Any, now: dt.datetime) -> Standing:
    """Say where a message stands, from its last attempt (``MessageQuerySet.for_pages``)."""
    return _said(message, message.last_medium or message.medium, message, now)


def attempt_standing(attempt: Attempt, now: dt.datetime, *, is_last: bool) -> Standing:
    """Say where one attempt stands; what to do about it only where nothing followed."""
    said = _said(attempt, attempt.medium, attempt.message, now)
    return said if is_last else Standing(said.words, said.tone, said.reason)


def _said(last: Any, medium: str, message: Message, now: dt.datetime) -> Standing:
    """Say where an attempt stands: ``last`` is the attempt, or a message with what its last attempt says."""
    state = AttemptState(last.state)
    if state == STATE.WAITING:
        return _waiting(last, medium, message, now)
    when = moment(last.state_at, now)
    if last.gateway in STAYS_HERE and state in ARRIVED:
        words = _("Écrit dans le journal {when}").format(when=when)
        return Standing(words, "info", _("Aucun opérateur n’est branché : personne ne l’a reçu."))
    said, tone = OWN_WORDS.get((Medium(medium), state)) or WORDS[state]
    return Standing(str(said).format(when=when), tone, *_why(last, state, medium, message, now))


def _why(last: Any, state: AttemptState, medium: str, message: Message, now: dt.datetime) -> tuple[str, str]:
    """Return why it stands there, and what to do while it means something."""
    is_useful = message.useless_after > now and not message.voided_at
    if state == STATE.UNKNOWN:
        advice = _("Vérifiez avec la personne qu’elle l’a reçu.")
        still_looked_for = now - last.state_at < LOOKED_FOR
        since = _("Depuis {when}, l’opérateur n’a rien répondu.").format(when=_moment_of_day(last.state_at, now))
        return since, "" if still_looked_for or not is_useful else advice
    if state in {STATE.SKIPPED, STATE.EXPIRED} or state not in TERMINAL:
        return last.problem, ""
    if state == STATE.DELIVERED or medium == Medium.CALL_LIST:
        return "", ""
    # What an operator wrote stands in the details for whoever supports; people read what it means.
    trouble = last.trouble or Trouble.OTHER
    return str(Trouble(trouble).label), str(ADVICE.get(trouble, "")) if is_useful else ""


def _waiting(last: Any, medium: str, message: Message, now: dt.datetime) -> Standing:
    is_due = message.due_at <= now
    if medium == Medium.CALL_LIST:
        if not is_due:
            return Standing(_("À appeler dès %(day)s") % {"day": formats.short_day(message.due_at)}, "plain")
        return Standing(_("À dire par téléphone"), "warn", last.problem)
    if medium == Medium.LETTER:
        return Standing(_("Lettre à imprimer et à poster"), "warn")
    if not is_due:
        return Standing(_("Partira {when}").format(when=moment(message.due_at, now)), "plain")
    if last.not_before and last.not_before > now:
        return Standing(_("Partira {when}").format(when=moment(last.not_before, now)), "info")
    return Standing(_("Attend de partir"), "info")


def moment(instant: dt.datetime, now: dt.datetime) -> str:
    """Return "à 14 h 32" of today, else "le mar. 1er déc. à 9 h"."""
    if timezone.localdate(instant) == timezone.localdate(now):
        return _("à {hour}").format(hour=formats.hour(instant))
    return _("le {moment}").format(moment=_moment_of_day(instant, now))


def _moment_of_day(instant: dt.datetime, now: dt.datetime) -> str:
    """Return "14 h 32" of today, else "mar. 1er déc. à 9 h"."""
    if timezone.localdate(instant) == timezone.localdate(now):
        return formats.hour(instant)
    return f"{formats.dated_day(instant)} à {formats.hour(instant)}"
