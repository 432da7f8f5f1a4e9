"""Text messages that answer somebody who has just written, or who takes a ticket at the kiosk. ``ANSWERED`` is said
where its values are known.

They may ask for a reply: where a text came in, a text comes in. The words in capitals ({rdv}, {changer}…) are those of
the reader's language that ``understanding`` knows.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.messaging.enums import MessageKind

REPLIES: dict[MessageKind, Promise] = {
    MessageKind.STOPPED: _(
        "{service}: vous ne recevrez plus nos SMS. Vos rendez-vous restent valables. "
        "Une question? Appelez le {telephone}"
    ),
    MessageKind.STARTED: _(
        "{service}: vous recevrez de nouveau nos SMS. Pour les arrêter, répondez STOP. "
        "Une question? Appelez le {telephone}"
    ),
    MessageKind.HELP: _(
        "{service}: répondez {rdv} ou {lieux} avec votre code postal, {changer}, {annuler}, "
        "{rappel} (nous appelons), 1 oui, 2 non, STOP. Ou {telephone}"
    ),
    MessageKind.WHICH: _(
        "{service}: plusieurs rendez-vous sont prévus avec ce numéro. Pour nous dire lequel, appelez le {telephone}"
    ),
    MessageKind.NOT_UNDERSTOOD: _(
        "{service}: votre message est transmis à l'accueil. Pour répondre à un rappel: 1 oui, 2 non. "
        "Une question? Appelez le {telephone}"
    ),
    MessageKind.WHICH_MORE: _(
        "{service}: quelle date? Répondez 3 pour {jour3} {heure3}, 4 pour {jour4} {heure4}, {autre} pour une autre, "
        "ou appelez le {telephone}"
    ),
    MessageKind.TOO_LATE: _(
        "{service}: votre réponse arrive trop tard, elle n'a rien changé. Pour en parler, appelez le {telephone}"
    ),
    MessageKind.WHERE: _(
        "{service}: dans quel secteur? Répondez par votre code postal (5 chiffres) ou le nom de votre quartier. "
        "Ou appelez le {telephone}"
    ),
    MessageKind.TIMES: _(
        "{lieu}: répondez 3 pour {jour3} {heure3}, 4 pour {jour4} {heure4} ou {autre}. Pas encore réservé. {telephone}"
    ),
    MessageKind.OTHER_TIMES: _(
        "Horaire déjà pris. {lieu}: répondez 3 pour {jour3} {heure3}, 4 pour {jour4} {heure4} ou {autre}. {telephone}"
    ),
    MessageKind.ONE_TIME: _(
        "Un seul horaire libre: {jour} à {heure}, {lieu}. Répondez 3 pour le prendre, ou appelez {telephone}"
    ),
    MessageKind.NO_TIME: _(
        "{service}: pas d'horaire libre pour le moment. Répondez {rappel} et nous vous appelons, "
        "ou appelez le {telephone}"
    ),
    MessageKind.OWN: _("{service}: RDV {jour} à {heure}, {lieu}. Répondez {changer} ou {annuler}, ou {telephone}"),
    MessageKind.PLACES: _("{service}: {lieu}, {horaires}, {numero}"),
    MessageKind.REFUSED: _("{explication} {service}: {telephone}"),
    MessageKind.WRITTEN: _("{explication} {service}: {telephone}"),
    MessageKind.TICKET: _(
        "{service}: votre ticket, numéro {ticket}, {lieu}. Attendez sur place: il sera affiché et appelé. {telephone}"
    ),
}
# Of two places, or of two appointments.
ANSWERED: dict[MessageKind, Promise] = {
    MessageKind.WHICH: _(
        "{service}: de quelle date parlez-vous? Répondez 3 pour {jour3} {heure3}, 4 pour {jour4} {heure4}, "
        "ou appelez le {telephone}"
    ),
    MessageKind.TIMES: _(
        "Répondez 3: {jour3} {heure3}, {lieu3} ou 4: {jour4} {heure4}, {lieu4}. {autre}: autres horaires. "
        "Pas encore réservé. {telephone}"
    ),
    MessageKind.OTHER_TIMES: _(
        "Horaire déjà pris. Répondez 3: {jour3} {heure3}, {lieu3} ou 4: {jour4} {heure4}, {lieu4}. "
        "{autre}: autres horaires. {telephone}"
    ),
    MessageKind.OWN: _(
        "RDV {jour3} {heure3}, {lieu3} et {jour4} {heure4}, {lieu4}. Répondez {changer} ou {annuler}, ou {telephone}"
    ),
    MessageKind.PLACES: _("{lieu3}, {horaires3}, {numero3}. {lieu4}, {horaires4}, {numero4}"),
}
