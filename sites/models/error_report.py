"""What residents say is wrong on the page of a place."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mediation.kernel.models import Identified
from sites.enums import ErrorSubject
from sites.models.site import Site
from sites.querysets import ErrorReportQuerySet

TEXT_LENGTH = 500


class ErrorReport(Identified):
    """A mistake that somebody found on the page of a place; nobody is asked who they are.

    It waits until somebody of the place's organisation says that it is dealt with.
    """

    site = models.ForeignKey(Site, models.CASCADE, related_name="error_reports", verbose_name=_("lieu"))
    subject = models.CharField(_("ce qui est faux"), max_length=12, choices=ErrorSubject.choices)
    text = models.CharField(_("ce qu’il faudrait écrire"), max_length=TEXT_LENGTH, blank=True)
    reported_at = models.DateTimeField(_("signalé le"), default=timezone.now, editable=False)
    handled_at = models.DateTimeField(_("traité le"), null=True, blank=True, editable=False)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+", verbose_name=_("par")
    )

    objects = ErrorReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("erreur signalée")
        verbose_name_plural = _("erreurs signalées")
        ordering = ["-reported_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(subject=ErrorSubject.OTHER) | ~Q(text=""),
                name="error_report_says_what",
                violation_error_message=_("Dites en quelques mots ce qui est faux."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.get_subject_display()}"

    @property
    def is_handled(self) -> bool:
        """Whether somebody dealt with it."""
        return self.handled_at is not None
