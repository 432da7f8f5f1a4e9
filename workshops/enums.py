"""Closed lists of workshops."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RegistrationStatus(models.TextChoices):
    """Where one person's registration stands."""

    REGISTERED = "registered", _("Inscrit")
    WAITING = "waiting", _("En attente")
    OFFERED = "offered", _("Place proposée")
    CANCELLED = "cancelled", _("Désinscrit")
    ATTENDED = "attended", _("Venu")
    ABSENT = "absent", _("Pas venu")


# "Registered" means holding a seat; an offered seat is kept until the offer expires.
HOLDS_A_SEAT = (
    RegistrationStatus.REGISTERED,
    RegistrationStatus.OFFERED,
    RegistrationStatus.ATTENDED,
    RegistrationStatus.ABSENT,
)
