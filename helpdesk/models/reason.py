"""What an appointment is for (motif)."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from helpdesk.enums import Mode, WhoBooks
from helpdesk.querysets import ReasonQuerySet
from mediation.kernel.models import Identified


def at_the_site() -> list[str]:
    """Return what a reason offers unless somebody says otherwise."""
    return [Mode.SITE]


class Reason(Identified):
    """What an appointment is for, how long it lasts and who may book it. Without organisation: the whole network's."""

    organisation = models.ForeignKey(
        Organisation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="reasons",
        verbose_name=_("structure"),
        help_text=_("Vide : commun à tout le réseau."),
    )
    label = models.CharField(_("nom"), max_length=80)
    description = models.TextField(_("description pour le public"), blank=True)
    what_to_bring = models.TextField(_("à apporter"), blank=True)
    duration_minutes = models.PositiveSmallIntegerField(
        _("durée (minutes)"), default=30, validators=[MinValueValidator(5), MaxValueValidator(480)]
    )
    # Kept free after each appointment, to write the report and breathe.
    buffer_minutes = models.PositiveSmallIntegerField(
        _("battement après (minutes)"), default=0, validators=[MaxValueValidator(120)]
    )
    modes = models.JSONField(_("où se passe le rendez-vous"), default=at_the_site, help_text=_("Codes de Mode."))
    languages = models.JSONField(
        _("langues"), default=list, blank=True, help_text=_("Vide : toutes celles du médiateur.")
    )
    notice_hours = models.PositiveSmallIntegerField(
        _("réservable en ligne au plus tard (heures avant)"), default=1, validators=[MaxValueValidator(720)]
    )
    window_days = models.PositiveSmallIntegerField(
        _("réservable en ligne au plus tôt (jours avant)"),
        default=90,
        validators=[MinValueValidator(1), MaxValueValidator(90)],
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
            models.CheckConstraint(
                condition=Q(buffer_minutes__lte=120, notice_hours__lte=720, window_days__range=(1, 90)),
                name="reason_buffer_and_notice",
                violation_error_message=_("Le battement va jusqu’à 2 heures, les délais jusqu’à 30 et 90 jours."),
            ),
        ]

    def __str__(self) -> str:
        return self.label
