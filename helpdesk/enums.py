"""Closed lists of individual help."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WhoBooks(models.TextChoices):
    """Who may book an appointment for a reason."""

    DESK = "desk", _("L’accueil de la structure")
    PARTNERS = "partners", _("L’accueil de tout le réseau")
    EVERYONE = "everyone", _("Tout le monde, aussi en ligne et à la borne")


class AttendeeStatus(models.TextChoices):
    """What became of one person's appointment; codes as in RDV Service Public."""

    UNKNOWN = "unknown", _("Prévu")
    SEEN = "seen", _("Reçu")
    NOSHOW = "noshow", _("Pas venu")
    EXCUSED = "excused", _("Annulé par la personne")
    REVOKED = "revoked", _("Annulé par le service")


CANCELLED = (AttendeeStatus.EXCUSED, AttendeeStatus.REVOKED)


class Recurrence(models.TextChoices):
    """How an opening period comes back."""

    ONCE = "once", _("Une seule fois")
    WEEKLY = "weekly", _("Toutes les semaines")
