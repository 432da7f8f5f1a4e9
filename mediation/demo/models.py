"""What the demonstration remembers of itself."""

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# Past this the agenda ahead has thinned out and the report's last month is half empty.
FRESH_DAYS = 14


class DemoLoad(models.Model):
    """The demonstration that this database holds: what it was made of, and whether it was loaded to its end."""

    seed = models.PositiveIntegerField(_("graine"))
    today = models.DateField(_("jour de référence"))
    started_at = models.DateTimeField(_("début du chargement"))
    finished_at = models.DateTimeField(_("fin du chargement"), null=True, blank=True)

    class Meta:
        verbose_name = _("chargement de la démonstration")
        verbose_name_plural = _("chargements de la démonstration")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="demoload_finishes_after_start",
                violation_error_message=_("Le chargement doit finir après son début."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seed}, {self.today}"

    def is_stale(self, on: dt.date) -> bool:
        """Whether the city's life stopped too long before ``on`` to look alive."""
        return (on - self.today).days > FRESH_DAYS
