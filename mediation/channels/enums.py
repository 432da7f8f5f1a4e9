"""Closed lists of the doors that residents use."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CallReason(models.TextChoices):
    """Why somebody calls from a kiosk, in the words of those who go there."""

    HELP = "help", _("Quelqu’un appelle à la borne")
    NO_CODE = "no_code", _("Quelqu’un est là pour son rendez-vous, sans sa référence")
    WORKSHOP = "workshop", _("Quelqu’un est là pour l’atelier")
