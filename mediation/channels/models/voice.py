"""Calls to the voice line, while they last."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directory.enums import Language
from mediation.kernel.models import Identified


class Call(Identified):
    """One call to the voice line: where it stands, so that a request that comes twice changes nothing.

    ``turn`` is the number of the answer that is awaited; ``said`` is what the operator was told last, and is told again
    where it asks again. ``memory`` holds what was offered and chosen. Once the call has ended nothing of it is left but
    its name at the operator's.
    """

    sid = models.CharField(_("identifiant chez l’opérateur"), max_length=34, unique=True)
    caller = models.CharField(_("numéro qui appelle"), max_length=20, blank=True)  # E.164, "" where it is hidden
    language = models.CharField(_("langue"), max_length=10, choices=Language.choices, default=Language.FR)
    step = models.CharField(_("étape"), max_length=20, blank=True)
    memory = models.JSONField(_("ce qui a été proposé"), default=dict, blank=True)
    failures = models.PositiveSmallIntegerField(_("réponses manquées de suite"), default=0)
    turn = models.PositiveSmallIntegerField(_("réponse attendue"), default=0)
    said = models.TextField(_("dernières paroles"), blank=True)
    started_at = models.DateTimeField(_("commencé à"), default=timezone.now)
    ended_at = models.DateTimeField(_("terminé à"), null=True, blank=True)

    class Meta:
        verbose_name = _("appel au téléphone automatique")
        verbose_name_plural = _("appels au téléphone automatique")
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.sid
