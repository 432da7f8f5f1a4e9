"""Days on which a whole place is shut."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.models.site import Site


class Closure(models.Model):
    """Days on which nobody is received at a site, last day included."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="closures", verbose_name=_("lieu"))
    starts_on = models.DateField(_("premier jour"))
    ends_on = models.DateField(_("dernier jour"))
    reason = models.CharField(_("raison"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("fermeture")
        verbose_name_plural = _("fermetures")
        ordering = ["starts_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="closure_ends_after_start",
                violation_error_message=_("La fermeture doit finir après son début."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.site}, {self.starts_on}"
