"""Text messages about what is booked. ``…_ANSWERED`` where the sender receives: 1 is yes, 2 is no, 3 and 4 choose."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.messaging.enums import MessageKind

_REMINDER = _("Rappel {service}: RDV {jour} à {heure}, {lieu}. Pour changer ou annuler: {telephone}")
_REMINDER_ANSWERED = _(
    "Rappel {service}: RDV {jour} à {heure}, {lieu}. Répondez 1 si vous venez, 2 pour annuler. {telephone}"
)
_WORKSHOP_REMINDER = _("Rappel {service}: atelier {jour} à {heure}, {lieu}. Si vous ne venez pas: {telephone}")
_WORKSHOP_REMINDER_ANSWERED = _(
    "Rappel {service}: atelier {jour} à {heure}, {lieu}. Répondez 1 si vous venez, 2 sinon. {telephone}"
)

APPOINTMENT: dict[MessageKind, Promise] = {
    MessageKind.BOOKED: _("{service}: RDV {jour} à {heure}, {lieu}. Réf. {reference}. Pour annuler: {telephone}"),
    MessageKind.MOVED: _(
        "{service}: RDV déplacé au {jour} à {heure}, {lieu}. Réf. {reference}. Pour annuler: {telephone}"
    ),
    MessageKind.EARLY_REMINDER: _REMINDER,
    MessageKind.REMINDER: _REMINDER,
    MessageKind.EXCUSED: _(
        "{service}: RDV du {jour} à {heure} annulé. Si c'est une erreur, ou pour un autre horaire, "
        "appelez le {telephone}"
    ),
    MessageKind.CANCELLED: _(
        "{service}: nous devons annuler votre RDV du {jour} à {heure}. "
        "Pour un autre horaire, appelez le {telephone}. Toutes nos excuses."
    ),
    MessageKind.EARLIER_OFFERED: _(
        "{service}: RDV possible plus tôt, {jour} à {heure}, {lieu}. Appelez avant {limite}: {telephone}"
    ),
    MessageKind.NEW_TIMES: _(
        "{service}: RDV possible {jour3} {heure3} ou {jour4} {heure4}, {lieu}. Appelez le {telephone}"
    ),
    MessageKind.ACKNOWLEDGED: _(
        "{service}: demande reçue, numéro {reference}. Nous vous rappelons {jour} au plus tard. "
        "Une question: {telephone}"
    ),
    MessageKind.CONFIRMED: _(
        "C'est noté, nous vous attendons {jour} à {heure}, {lieu}. Pour annuler: {telephone}",
    ),
}
APPOINTMENT_ANSWERED: dict[MessageKind, Promise] = {
    MessageKind.BOOKED: _(
        "{service}: RDV {jour} à {heure}, {lieu}. Réf. {reference}. Pour annuler: répondez 2 ou {telephone}"
    ),
    # The reference stays what it was: no room is left for it.
    MessageKind.MOVED: _("{service}: RDV déplacé au {jour} à {heure}, {lieu}. Pour annuler: répondez 2 ou {telephone}"),
    MessageKind.EARLY_REMINDER: _REMINDER_ANSWERED,
    MessageKind.REMINDER: _REMINDER_ANSWERED,
    MessageKind.EXCUSED: _(
        "{service}: RDV du {jour} à {heure} annulé. Si c'est une erreur, répondez 1 avant {limite} "
        "ou appelez le {telephone}"
    ),
    MessageKind.EARLIER_OFFERED: _(
        "{service}: RDV possible plus tôt, {jour} à {heure}, {lieu}. Répondez 1 avant {limite} pour le prendre"
    ),
    MessageKind.NEW_TIMES: _(
        "{service}: RDV au choix, {lieu}. Répondez 3: {jour3} {heure3} ou 4: {jour4} {heure4}. {telephone}"
    ),
    MessageKind.CONFIRMED: _(
        "C'est noté, nous vous attendons {jour} à {heure}, {lieu}. Pour annuler: répondez 2 ou {telephone}"
    ),
}
WORKSHOP: dict[MessageKind, Promise] = {
    MessageKind.REGISTERED: _(
        "{service}: atelier {jour} à {heure}, {lieu}. Place réservée, réf. {reference}. Annuler: {telephone}"
    ),
    MessageKind.MOVED: _(
        "{service}: atelier déplacé au {jour} à {heure}, {lieu}. Réf. {reference}. Annuler: {telephone}"
    ),
    MessageKind.EARLY_REMINDER: _WORKSHOP_REMINDER,
    MessageKind.REMINDER: _WORKSHOP_REMINDER,
    MessageKind.WAITING: _(
        "{service}: liste d'attente, atelier {jour} à {heure}, {lieu}. Nous vous préviendrons. {telephone}"
    ),
    MessageKind.SEAT_OFFERED: _(
        "{service}: une place à l'atelier {jour} {heure}, {lieu}. Appelez avant {limite}: {telephone}"
    ),
    MessageKind.EXCUSED: _(
        "{service}: atelier du {jour} à {heure}, inscription annulée. Si c'est une erreur, appelez le {telephone}"
    ),
    MessageKind.CANCELLED: _(
        "{service}: nous devons annuler l'atelier du {jour} à {heure}. "
        "Pour une autre date, appelez le {telephone}. Toutes nos excuses."
    ),
    MessageKind.CONFIRMED: _(
        "C'est noté, nous vous attendons à l'atelier {jour} à {heure}, {lieu}. Pour annuler: {telephone}"
    ),
}
WORKSHOP_ANSWERED: dict[MessageKind, Promise] = {
    MessageKind.REGISTERED: _(
        "{service}: atelier {jour} à {heure}, {lieu}. Réf. {reference}. Annuler: répondez 2 ou {telephone}"
    ),
    MessageKind.MOVED: _(
        "{service}: atelier déplacé au {jour} à {heure}, {lieu}. Pour annuler: répondez 2 ou {telephone}"
    ),
    MessageKind.EARLY_REMINDER: _WORKSHOP_REMINDER_ANSWERED,
    MessageKind.REMINDER: _WORKSHOP_REMINDER_ANSWERED,
    MessageKind.SEAT_OFFERED: _(
        "{service}: une place à l'atelier du {jour} {heure}, {lieu}. Répondez 1 avant {limite} pour la prendre"
    ),
    MessageKind.EXCUSED: _(
        "{service}: atelier du {jour} à {heure}, inscription annulée. Si c'est une erreur, répondez 1 avant {limite} "
        "ou appelez le {telephone}"
    ),
    MessageKind.CONFIRMED: _(
        "C'est noté, nous vous attendons à l'atelier {jour} à {heure}, {lieu}. Pour annuler: répondez 2 ou {telephone}"
    ),
}
