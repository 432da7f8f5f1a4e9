"""Closed lists of reports."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Preset(models.TextChoices):
    """The periods that one click gives."""

    LAST_MONTH = "last_month", _("Mois dernier")
    LAST_QUARTER = "last_quarter", _("Trimestre dernier")
    LAST_TWELVE = "last_twelve", _("12 derniers mois")
    THIS_MONTH = "this_month", _("Mois en cours")
    THIS_YEAR = "this_year", _("Année en cours")
    FREE = "free", _("Autres dates")
