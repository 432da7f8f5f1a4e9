"""Public computers."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mediation.kernel.models import Identified
from sites.enums import WorkstationState
from sites.models.site import Site
from sites.querysets import WorkstationQuerySet


class Workstation(Identified):
    """One public computer at a site, with what it is equipped with."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="workstations", verbose_name=_("lieu"))
    label = models.CharField(_("nom du poste"), max_length=40)
    state = models.CharField(_("état"), max_length=10, choices=WorkstationState.choices, default=WorkstationState.FREE)
    equipment = models.JSONField(_("équipement"), default=list, blank=True)
    note = models.CharField(_("remarque"), max_length=200, blank=True)
    state_changed_at = models.DateTimeField(_("état depuis"), null=True, blank=True, editable=False)

    objects = WorkstationQuerySet.as_manager()

    class Meta:
        verbose_name = _("poste informatique")
        verbose_name_plural = _("postes informatiques")
        ordering = ["site", "label", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["site", "label"],
                name="workstation_label_unique",
                violation_error_message=_("Ce lieu a déjà un poste de ce nom."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.site}"

    def get_absolute_url(self) -> str:
        """Return the address of the form that describes the computer."""
        return reverse("sites:workstation_edit", args=[self.uid])
