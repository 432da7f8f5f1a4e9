"""Closed lists of the ledger of messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """What a message says. "Never the démarche, never the name" holds for all."""

    BOOKED = "booked", _("Confirmation")
    MOVED = "moved", _("Changement d’horaire")
    EARLY_REMINDER = "early_reminder", _("Premier rappel")
    REMINDER = "reminder", _("Rappel")
    CANCELLED = "cancelled", _("Annulation par le service")
    EXCUSED = "excused", _("Annulation par la personne")
    REGISTERED = "registered", _("Inscription à un atelier")
    WAITING = "waiting", _("Liste d’attente")
    SEAT_OFFERED = "seat_offered", _("Place proposée")
    EARLIER_OFFERED = "earlier_offered", _("Horaire plus tôt proposé")
    ACKNOWLEDGED = "acknowledged", _("Demande d’aide reçue")
    NEW_TIMES = "new_times", _("Nouveaux horaires proposés")
    CONFIRMED = "confirmed", _("Présence confirmée")
    STOPPED = "stopped", _("Arrêt des SMS")
    STARTED = "started", _("Reprise des SMS")
    HELP = "help", _("Mode d’emploi")
    WHICH = "which", _("Question de précision")
    NOT_UNDERSTOOD = "not_understood", _("Réponse non comprise")
    TOO_LATE = "too_late", _("Réponse trop tardive")
    WHERE = "where", _("Lieu à préciser")
    TIMES = "times", _("Horaires demandés par SMS")
    OTHER_TIMES = "other_times", _("Horaire pris, deux autres proposés")
    ONE_TIME = "one_time", _("Un seul horaire libre")
    NO_TIME = "no_time", _("Aucun horaire libre")
    OWN = "own", _("Rendez-vous redits")
    PLACES = "places", _("Lieux les plus proches")
    REFUSED = "refused", _("Demande refusée")
    TICKET = "ticket", _("Numéro de ticket")
    WHICH_MORE = "which_more", _("Question de précision, parmi plusieurs")
    WRITTEN = "written", _("Réponse écrite par un agent")


REMINDERS = (MessageKind.EARLY_REMINDER, MessageKind.REMINDER)
# What answers somebody who asks by text message, or for a text message: the answer is only ever an SMS.
ASKED_BY_SMS = (
    MessageKind.WHERE,
    MessageKind.TIMES,
    MessageKind.OTHER_TIMES,
    MessageKind.ONE_TIME,
    MessageKind.NO_TIME,
    MessageKind.OWN,
    MessageKind.PLACES,
    MessageKind.REFUSED,
    MessageKind.TICKET,
    MessageKind.WHICH_MORE,
)
ONLY_BY_SMS = (*ASKED_BY_SMS, MessageKind.WRITTEN)
# What answers a text, or a touch on the kiosk, at once, whatever the hour: somebody has the telephone in their hand.
ANSWERS = (
    MessageKind.CONFIRMED,
    MessageKind.STOPPED,
    MessageKind.STARTED,
    MessageKind.HELP,
    MessageKind.WHICH,
    MessageKind.NOT_UNDERSTOOD,
    MessageKind.TOO_LATE,
    *ASKED_BY_SMS,
)


class Medium(models.TextChoices):
    """By which way an attempt goes out."""

    SMS = "sms", _("SMS")
    VOICE = "voice", _("Appel automatique")
    EMAIL = "email", _("E-mail")
    LETTER = "letter", _("Lettre")
    CALL_LIST = "call_list", _("À appeler")


class AttemptState(models.TextChoices):
    """Where an attempt stands. Terminal states are never overwritten."""

    WAITING = "waiting", _("En attente")
    CLAIMED = "claimed", _("Pris en charge")
    SENDING = "sending", _("En cours d’envoi")
    ACCEPTED = "accepted", _("Accepté par l’opérateur")
    SENT = "sent", _("Envoyé")
    DELIVERED = "delivered", _("Remis")
    UNDELIVERED = "undelivered", _("Non remis")
    FAILED = "failed", _("Échec")
    UNKNOWN = "unknown", _("Sans nouvelle")
    SKIPPED = "skipped", _("Non envoyé")
    EXPIRED = "expired", _("Trop tard")


TERMINAL = (
    AttemptState.DELIVERED,
    AttemptState.UNDELIVERED,
    AttemptState.FAILED,
    AttemptState.SKIPPED,
    AttemptState.EXPIRED,
)

# Each change is timed in the column of its state; of the others ``state_at`` is enough.
TIMED = {
    AttemptState.CLAIMED: "claimed_at",
    AttemptState.SENDING: "sending_at",
    AttemptState.ACCEPTED: "accepted_at",
    AttemptState.SENT: "sent_at",
    **dict.fromkeys(TERMINAL, "ended_at"),
}

# An operator has it, or may have it: it counts against limits.
TAKEN = (
    AttemptState.SENDING,
    AttemptState.ACCEPTED,
    AttemptState.SENT,
    AttemptState.DELIVERED,
    AttemptState.UNDELIVERED,
    AttemptState.UNKNOWN,
)

# As far as anybody knows: what somebody should look at while it still means something.
DID_NOT_ARRIVE = (AttemptState.FAILED, AttemptState.UNDELIVERED, AttemptState.UNKNOWN)

# Not yet in the hands of an operator: what may still be called back.
CALLABLE_BACK = (AttemptState.WAITING, AttemptState.CLAIMED)

# Said by a person or by the post: no machine sends them.
BY_PEOPLE = (Medium.CALL_LIST, Medium.LETTER)


class Trouble(models.TextChoices):
    """Why an attempt failed, in what it asks of a human; an operator's own code stands beside it, never alone."""

    NOT_MOBILE = "not_mobile", _("Ce numéro ne reçoit pas de SMS.")
    OPTED_OUT = "opted_out", _("La personne a demandé à ne plus recevoir de SMS.")
    WRONG_NUMBER = "wrong_number", _("Ce numéro n’existe pas : à vérifier avec la personne.")
    WRONG_ADDRESS = "wrong_address", _("Cette adresse e-mail n’existe pas : à vérifier avec la personne.")
    OUT_OF_REACH = "out_of_reach", _("Le téléphone est éteint ou hors réseau.")
    NO_ANSWER = "no_answer", _("Personne n’a décroché.")
    FILTERED = "filtered", _("L’opérateur a bloqué le message : prévenez l’administration du réseau.")
    SLOW_DOWN = "slow_down", _("L’opérateur demande d’envoyer moins vite.")
    DOWN = "down", _("L’opérateur ne répond pas.")
    ACCOUNT = "account", _("Le compte chez l’opérateur est à vérifier : prévenez l’administration du réseau.")
    TOO_MANY = "too_many", _("Trop de messages à ce numéro aujourd’hui.")
    SPENT = "spent", _("Le plafond de SMS du mois est atteint.")
    DAY_SPENT = "day_spent", _("Le plafond de SMS du jour est atteint.")
    OTHER = "other", _("L’opérateur a refusé le message.")


class QuestionKind(models.TextChoices):
    """What a message asks. 1 is yes and 2 is no; slots are chosen with 3 and 4."""

    COMING = "coming", _("Viendrez-vous ?")
    CANCELLED = "cancelled", _("Annulé par erreur ?")
    SEAT = "seat", _("Prenez-vous la place ?")
    EARLIER = "earlier", _("Prenez-vous l’horaire plus tôt ?")
    TIMES = "times", _("Quel horaire ?")
    WHICH = "which", _("Lequel ?")
    WHERE = "where", _("Où ?")


# What each message asks, as long as it means something.
ASKS = {
    MessageKind.BOOKED: QuestionKind.COMING,
    MessageKind.MOVED: QuestionKind.COMING,
    MessageKind.EARLY_REMINDER: QuestionKind.COMING,
    MessageKind.REMINDER: QuestionKind.COMING,
    MessageKind.REGISTERED: QuestionKind.COMING,
    MessageKind.SEAT_OFFERED: QuestionKind.SEAT,
    MessageKind.EARLIER_OFFERED: QuestionKind.EARLIER,
    MessageKind.EXCUSED: QuestionKind.CANCELLED,
    MessageKind.NEW_TIMES: QuestionKind.TIMES,
}


class Meaning(models.TextChoices):
    """What somebody replied, or asks for by themselves."""

    YES = "yes", _("oui")
    NO = "no", _("non")
    CANCEL = "cancel", _("annulation")
    FIRST = "first", _("premier horaire")
    SECOND = "second", _("deuxième horaire")
    STOP = "stop", _("plus de SMS")
    START = "start", _("à nouveau des SMS")
    HELP = "help", _("aide")
    BOOK = "book", _("prendre rendez-vous")
    PLACES = "places", _("trouver un lieu")
    CALL_BACK = "callback", _("être rappelé")
    CHANGE = "change", _("changer d’horaire")
    MORE = "more", _("d’autres choix")
    OTHER = "other", _("autre chose")
