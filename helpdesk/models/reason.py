"""What an appointment is for (motif)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from helpdesk.enums import WhoBooks
from helpdesk.querysets import ReasonQuerySet
from mediation.kernel.models import Identified


class Reason(Identified):
    """What an appointment is for, how long it lasts and who may book it. Without organisation: the whole network's."""

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reasons",
        verbose_name=_("structure"),
        help_text=_("Vide : commun à tout le réseau."),
    )
    label = models.CharField(_("nom"), max_length=80)
    description = models.TextField(_("description pour le public"), blank=True)
    what_to_bring = models.TextField(_("à apporter"), blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("durée (minutes)"), default=30, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    themes = models.JSONField(_("thèmes"), default=list, blank=True)
    who_books = models.CharField(
        _("qui peut le réserver"), max_length=10, choices=WhoBooks.choices, default=WhoBooks.PARTNERS
    )
    # The one that doors which ask no need use (voice, SMS, "je ne sais pas").
    is_any_need = models.BooleanField(_("tous besoins"), default=False)
    is_active = models.BooleanField(_("proposé"), default=True)

    objects = ReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("motif")
        verbose_name_plural = _("motifs")
        ordering = ["label", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(duration_minutes__range=(5, 480)),
                name="reason_duration",
                violation_error_message=_("La durée va de 5 minutes à 8 heures."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
