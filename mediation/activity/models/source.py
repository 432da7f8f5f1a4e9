"""Where activity is reported, and the files it came from."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.enums import Source
from directory.models import Mediator, Organisation
from mediation.kernel.constraints import NoOverlap
from mediation.kernel.models import Identified


class DeclaredSource(models.Model):
    """Where one mediator reports during a period; outside of any, the organisation's default holds.

    Only the declared source is counted: entries of another are kept and shown, never added (domain.md §1.1).
    """

    mediator = models.ForeignKey(Mediator, models.CASCADE, related_name="declared_sources", verbose_name=_("médiateur"))
    source = models.CharField(_("déclare dans"), max_length=10, choices=Source.choices)
    starts_on = models.DateField(_("à partir du"))
    ends_on = models.DateField(_("jusqu’au"), null=True, blank=True)

    class Meta:
        verbose_name = _("outil de déclaration")
        verbose_name_plural = _("outils de déclaration")
        ordering = ["mediator", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="declared_source_ends_after_start",
                violation_error_message=_("La période doit finir après son début."),
            ),
            NoOverlap(
                name="declared_source_no_overlap",
                same=("mediator",),
                start="starts_on",
                end="ends_on",
                violation_error_message=_("Ce médiateur a déjà un outil de déclaration sur cette période."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.mediator}, {self.get_source_display()}"


class ImportedFile(Identified):
    """One run of a partner's file: what was read, and what was not understood."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="imported_files", verbose_name=_("structure")
    )
    name = models.CharField(_("fichier"), max_length=200)
    imported_at = models.DateTimeField(_("importé le"), auto_now_add=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("par")
    )
    first_day = models.DateField(_("premier jour"), null=True, blank=True)
    last_day = models.DateField(_("dernier jour"), null=True, blank=True)
    summary = models.JSONField(_("résultat"), default=dict)

    class Meta:
        verbose_name = _("fichier importé")
        verbose_name_plural = _("fichiers importés")
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.name
