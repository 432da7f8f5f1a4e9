"""What partners say of their own figures."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from directory.models import Organisation
from reports.querysets import ConfirmationQuerySet


class Confirmation(models.Model):
    """An organisation confirms its own figures for a period ("validé par la structure le …") before the meeting."""

    organisation = models.ForeignKey(
        Organisation, models.CASCADE, related_name="confirmations", verbose_name=_("structure")
    )
    first_day = models.DateField(_("premier jour"))
    last_day = models.DateField(_("dernier jour"))
    confirmed_at = models.DateTimeField(_("validé le"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("par")
    )

    objects = ConfirmationQuerySet.as_manager()

    class Meta:
        verbose_name = _("validation de chiffres")
        verbose_name_plural = _("validations de chiffres")
        ordering = ["-confirmed_at"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="confirmation_ends_after_start"),
            models.UniqueConstraint(
                fields=["organisation", "first_day", "last_day"], name="confirmation_once_per_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.first_day} – {self.last_day}"
