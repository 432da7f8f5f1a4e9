"""Closed lists of the ledger of messages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """What a message says. "Never the démarche, never the name" holds for all."""

    BOOKED = "booked", _("Confirmation")
    MOVED = "moved", _("Changement d’horaire")
    REMINDER = "reminder", _("Rappel")
    CANCELLED = "cancelled", _("Annulation par le service")
    EXCUSED = "excused", _("Annulation par la personne")
    REGISTERED = "registered", _("Inscription à un atelier")
    WAITING = "waiting", _("Liste d’attente")
    SEAT_OFFERED = "seat_offered", _("Place proposée")
    EARLIER_OFFERED = "earlier_offered", _("Horaire plus tôt proposé")
    ACKNOWLEDGED = "acknowledged", _("Demande d’aide reçue")


class Medium(models.TextChoices):
    """By which way an attempt goes out."""

    SMS = "sms", _("SMS")
    EMAIL = "email", _("E-mail")
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

# Not yet in the hands of an operator: what may still be called back.
CALLABLE_BACK = (AttemptState.WAITING, AttemptState.CLAIMED)
