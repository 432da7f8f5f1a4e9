"""Files that somebody has tried on and not yet written."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mediation.kernel.models import Identified
from sites.enums import FileFormat


class PendingImport(Identified):
    """A file of places between its dry run and the decision to write it; kept a day at most."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("compte"))
    file_name = models.CharField(_("nom du fichier"), max_length=200)
    file_format = models.CharField(_("format"), max_length=20, choices=FileFormat.choices)
    insee_prefix = models.CharField(_("début du code INSEE"), max_length=5, blank=True)
    content = models.BinaryField(_("contenu"))
    created_at = models.DateTimeField(_("reçu le"), auto_now_add=True)

    class Meta:
        verbose_name = _("fichier en attente")
        verbose_name_plural = _("fichiers en attente")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
