"""The same in full sentences: for an e-mail, a letter, or to be said on the telephone."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediation.messaging.enums import MessageKind, QuestionKind

_REMINDER = _(
    "Nous vous rappelons votre rendez-vous {jour} à {heure}, {lieu}. "
    "Si vous ne pouvez pas venir, appelez le {telephone} : quelqu’un d’autre prendra la place."
)
_WORKSHOP_REMINDER = _(
    "Nous vous rappelons l’atelier du {jour} à {heure}, {lieu}. "
    "Si vous ne pouvez pas venir, appelez le {telephone} : quelqu’un d’autre prendra la place."
)

APPOINTMENT: dict[MessageKind, Promise] = {
    MessageKind.BOOKED: _(
        "Vous avez rendez-vous {jour} à {heure}, {lieu}. Votre référence : {reference}. "
        "Pour changer l’horaire ou annuler, appelez le {telephone}."
    ),
    MessageKind.MOVED: _(
        "Votre rendez-vous est déplacé : c’est maintenant {jour} à {heure}, {lieu}. "
        "Votre référence reste {reference}. Si cela ne vous convient pas, appelez le {telephone}."
    ),
    MessageKind.EARLY_REMINDER: _REMINDER,
    MessageKind.REMINDER: _REMINDER,
    MessageKind.EXCUSED: _(
        "Votre rendez-vous du {jour} à {heure} est annulé, comme vous l’avez demandé. "
        "Si c’est une erreur, ou pour un autre horaire, appelez le {telephone}."
    ),
    MessageKind.CANCELLED: _(
        "Nous devons annuler votre rendez-vous du {jour} à {heure}, et nous vous prions de nous en excuser. "
        "Pour choisir un autre horaire, appelez le {telephone}."
    ),
    MessageKind.EARLIER_OFFERED: _(
        "Un rendez-vous plus tôt est possible : {jour} à {heure}, {lieu}. "
        "Nous vous gardons cet horaire jusqu’au {limite}. Pour le prendre, appelez le {telephone}. "
        "Sans réponse, votre rendez-vous actuel ne change pas."
    ),
    MessageKind.NEW_TIMES: _(
        "Deux horaires sont possibles pour votre rendez-vous, {lieu} : {jour3} à {heure3}, ou {jour4} à {heure4}. "
        "Pour choisir, ou pour un autre horaire, appelez le {telephone}."
    ),
    MessageKind.ACKNOWLEDGED: _(
        "Votre demande d’aide est bien reçue, sous le numéro {reference}. "
        "Quelqu’un vous rappelle au plus tard {jour}. Une question ? Appelez le {telephone}."
    ),
    MessageKind.CONFIRMED: _(
        "C’est noté, nous vous attendons {jour} à {heure}, {lieu}. "
        "Si vous ne pouvez plus venir, appelez le {telephone}."
    ),
}
WORKSHOP: dict[MessageKind, Promise] = {
    MessageKind.REGISTERED: _(
        "Une place vous est réservée à l’atelier du {jour} à {heure}, {lieu}. "
        "Votre référence : {reference}. Si vous ne pouvez pas venir, appelez le {telephone}."
    ),
    MessageKind.MOVED: _(
        "L’atelier où vous êtes inscrit change : c’est maintenant {jour} à {heure}, {lieu}. "
        "Votre référence reste {reference}. Si cela ne vous convient pas, appelez le {telephone}."
    ),
    MessageKind.EARLY_REMINDER: _WORKSHOP_REMINDER,
    MessageKind.REMINDER: _WORKSHOP_REMINDER,
    MessageKind.WAITING: _(
        "L’atelier du {jour} à {heure}, {lieu}, est complet : vous êtes sur la liste d’attente. "
        "Nous vous préviendrons si une place se libère. Une question ? Appelez le {telephone}."
    ),
    MessageKind.SEAT_OFFERED: _(
        "Une place s’est libérée à l’atelier du {jour} à {heure}, {lieu}. "
        "Nous vous la gardons jusqu’au {limite}. Pour la prendre, appelez le {telephone}."
    ),
    MessageKind.EXCUSED: _(
        "Votre inscription à l’atelier du {jour} à {heure} est annulée, comme vous l’avez demandé. "
        "Si c’est une erreur, appelez le {telephone}."
    ),
    MessageKind.CANCELLED: _(
        "Nous devons annuler l’atelier du {jour} à {heure}, et nous vous prions de nous en excuser. "
        "Pour une autre date, appelez le {telephone}."
    ),
    MessageKind.CONFIRMED: _(
        "C’est noté, nous vous attendons à l’atelier du {jour} à {heure}, {lieu}. "
        "Si vous ne pouvez plus venir, appelez le {telephone}."
    ),
}
REPLIES: dict[MessageKind, Promise] = {
    MessageKind.STOPPED: _(
        "Vous ne recevrez plus nos messages. Vos rendez-vous restent valables. Une question ? Appelez le {telephone}."
    ),
    MessageKind.STARTED: _("Vous recevrez de nouveau nos messages. Une question ? Appelez le {telephone}."),
    MessageKind.HELP: _(
        "Pour confirmer ou annuler un rendez-vous, ou pour parler à quelqu’un, appelez le {telephone}."
    ),
    MessageKind.WHICH: _("Plusieurs rendez-vous sont prévus. Pour nous dire lequel, appelez le {telephone}."),
    MessageKind.NOT_UNDERSTOOD: _("Votre message est transmis à l’accueil. Une question ? Appelez le {telephone}."),
    MessageKind.TOO_LATE: _("Votre réponse arrive trop tard, elle n’a rien changé. Appelez le {telephone}."),
}

WRITTEN = _("Bonjour,\n\n{texte}\n\n{reseau}\n{telephone}\n")
SPOKEN = _("Bonjour, ici {reseau}. {texte}")
# What a call asks for; the keys mean what the digits of a reply mean. The gateway itself says how to hear it again.
KEYS: dict[QuestionKind, Promise] = {
    QuestionKind.COMING: _("Pour confirmer, tapez 1. Pour annuler, tapez 2."),
    QuestionKind.CANCELLED: _("Si c’est une erreur, tapez 1."),
    QuestionKind.SEAT: _("Pour accepter, tapez 1. Pour refuser, tapez 2."),
    QuestionKind.EARLIER: _("Pour accepter, tapez 1. Pour refuser, tapez 2."),
    QuestionKind.TIMES: _("Pour le premier horaire, tapez 3. Pour le second, tapez 4."),
}
SUBJECTS: dict[MessageKind, Promise] = {
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
    MessageKind.TOO_LATE: _("Votre réponse"),
}
